# Images made from Debian's packages that stand in, under the same names, for the public ones that deploy/compose/compose.yaml names:
# there is no image registry where the tests run. They take the same commands, users, folders and variables as far as compose.yaml
# uses them. And the site that the scrapers of the test ask.
FROM docker.io/library/debian:bookworm-slim AS postgres
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null && \
    sed -i 's/^#create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf && \
    apt-get install -y -qq --no-install-recommends postgresql-15 >/dev/null && rm -rf /var/lib/apt/lists/* && \
    install -d -o postgres -g postgres -m 1777 /var/lib/postgresql/data /var/run/postgresql
COPY postgres_entrypoint.sh /usr/local/bin/docker-entrypoint.sh
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/data
VOLUME /var/lib/postgresql/data
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]

FROM docker.io/library/debian:bookworm-slim AS redis
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server >/dev/null && rm -rf /var/lib/apt/lists/* && \
    install -d -o redis -g redis /data
VOLUME /data
WORKDIR /data
CMD ["redis-server"]

FROM docker.io/library/debian:bookworm-slim AS haproxy
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends haproxy >/dev/null && rm -rf /var/lib/apt/lists/*
ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin

FROM docker.io/library/debian:bookworm-slim AS prometheus
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends prometheus wget >/dev/null && rm -rf /var/lib/apt/lists/* && \
    install -d -o nobody -g nogroup /prometheus && rm -rf /etc/prometheus && mkdir /etc/prometheus
VOLUME /prometheus
WORKDIR /prometheus
ENTRYPOINT ["/usr/bin/prometheus"]

FROM docker.io/library/debian:bookworm-slim AS site
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-minimal libpython3-stdlib >/dev/null && rm -rf /var/lib/apt/lists/*
COPY site.py /site.py
USER 10001:10001
ENTRYPOINT ["/usr/bin/python3", "/site.py"]
