create table users (
    id           bigserial primary key,
    tenant_id    bigint not null,
    api_token    text not null unique,
    display_name text not null
);

create table claims (
    id         bigserial primary key,
    tenant_id  bigint not null,
    title      text not null,
    status     text not null default 'open',
    created_at timestamptz not null default now()
);

create index claims_by_tenant on claims (tenant_id, created_at);
