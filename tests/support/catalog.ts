import type pg from 'pg';

/** The schema as the server's own catalog tells it: what a migration really did, line by line, for a diff. */
export async function catalogOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ line: string }>(
    `select line from (
       select 'table ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || case when a.attnotnull then ' not null' else '' end
         || case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end
         || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
       where c.relnamespace = 'vankho'::regnamespace and c.relkind = 'r'
       union all
       select 'constraint ' || c.relname || ' ' || pg_get_constraintdef(k.oid)
       from pg_constraint k join pg_class c on c.oid = k.conrelid
       where k.connamespace = 'vankho'::regnamespace and k.contype <> 'n'
       union all
       select 'index ' || regexp_replace(indexdef, '^CREATE ', '') from pg_indexes where schemaname = 'vankho'
       union all
       select 'sequence ' || sequencename from pg_sequences where schemaname = 'vankho'
       union all
       select 'function ' || p.oid::regprocedure::text || ' ' || case when p.prosecdef then 'definer' else 'invoker' end
       from pg_proc p where p.pronamespace in ('vankho'::regnamespace, 'vankho_queue'::regnamespace)
       union all
       select 'trigger ' || c.relname || ' ' || regexp_replace(pg_get_triggerdef(t.oid), '^CREATE TRIGGER ', '')
       from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'vankho'::regnamespace and not t.tgisinternal
       union all
       select 'row security ' || relname || case when relforcerowsecurity then ' forced' else '' end
       from pg_class where relnamespace = 'vankho'::regnamespace and relrowsecurity
       union all
       select 'policy ' || tablename || ' ' || policyname || ' ' || cmd || ' to ' || array_to_string(roles, ', ')
         || ' using ' || coalesce(regexp_replace(qual, '[[:space:]]+', ' ', 'g'), '-') || coalesce(' with check ' || with_check, '')
       from pg_policies where schemaname = 'vankho'
       union all
       select 'execute ' || p.oid::regprocedure::text || ' to ' || a.grantee::regrole::text
       from pg_proc p cross join lateral aclexplode(p.proacl) a
       where p.pronamespace in ('vankho'::regnamespace, 'vankho_queue'::regnamespace) and a.grantee <> 0 and a.grantee <> p.proowner
       union all
       select 'grant ' || table_name || ' ' || privilege_type || ' to ' || grantee
       from information_schema.role_table_grants where table_schema = 'vankho' and grantee like 'vk\\_%' and grantee <> 'vk_owner'
       union all
       select 'grant ' || table_name || '.' || column_name || ' ' || privilege_type || ' to ' || grantee
       from information_schema.role_column_grants g where table_schema = 'vankho' and grantee like 'vk\\_%' and grantee <> 'vk_owner'
         and not exists (select 1 from information_schema.role_table_grants t where t.table_schema = g.table_schema
           and t.table_name = g.table_name and t.grantee = g.grantee and t.privilege_type = g.privilege_type)
     ) lines order by line`,
  );
  return `${rows.map((row) => row.line).join('\n')}\n`;
}
