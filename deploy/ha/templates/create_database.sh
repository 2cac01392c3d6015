#!/bin/sh
# Run by Patroni once, on the first leader, with an address of it that a superuser may use.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 "$$1" <<'SQL'
CREATE ROLE filmoteka LOGIN PASSWORD '$secret_database';
CREATE DATABASE filmoteka OWNER filmoteka;
SQL
