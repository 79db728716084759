-- Headings are renamed, and removed while nothing stands under them; what they were called, by whom and why is kept.
alter table plan_heading
  add column removed_at timestamptz,
  add column removed_by uuid references person,
  add check ((removed_at is null) <= (removed_by is null));
-- The numeral of a heading that is gone may be given again.
drop index plan_heading_numeral;
create unique index plan_heading_numeral on plan_heading (plan_id, coalesce(parent_id, plan_id), numeral)
  where removed_at is null;

create table plan_heading_change (
  id uuid primary key,
  heading_id uuid not null references plan_heading,
  before text not null,
  -- null: the heading is gone
  after text,
  changed_at timestamptz not null,
  changed_by uuid not null references person,
  reason text not null
);
create index on plan_heading_change (heading_id);

grant update (title, removed_at, removed_by) on plan_heading to vk_app;
grant select, insert on plan_heading_change to vk_app;
