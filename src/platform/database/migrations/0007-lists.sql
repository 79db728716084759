-- Lists of an archive that has grown. Who may know what is asked of every document that is counted, so that question is
-- answered from indexes alone: of a few documents one by one, of many by what a reader may know.
drop index record_reader_record_id_reader_idx;
create index record_reader_ways on record_reader (record_id, reader) include (valid_from, valid_until);
create index record_reader_whose on record_reader (reader, record_id) include (valid_from, valid_until);
create index record_label_in_force on record (id) include (agency_id, state, rank);
drop index record_by_correspondent;
create index record_by_correspondent on record (correspondent_id) include (id, agency_id, state, rank) where correspondent_id is not null;

-- A page of a list begins where the page before ended: in the order of the list.
create index correspondent_name_in_order on correspondent_name (agency_id, folded collate "C", correspondent_id)
  where kind = 'name' and valid_until is null;
drop index register_entry_in_order;
create index register_entry_in_order on register_entry (register_id, coalesce(number, 0) desc, entered_at desc, id desc);
