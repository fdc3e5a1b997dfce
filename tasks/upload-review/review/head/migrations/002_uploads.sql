create table uploads (
    id           bigserial primary key,
    claim_id     bigint not null references claims (id),
    uploaded_by  bigint not null references users (id),
    filename     text not null,
    content_type text not null,
    size_bytes   bigint not null,
    content_md5  text not null,
    stored_as    text not null,
    thumbnail_as text,
    created_at   timestamptz not null default now()
);

create index uploads_by_claim on uploads (claim_id, created_at);
