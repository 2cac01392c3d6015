vcl 4.1;
# The built-in rules are what is measured; bench/harness/caches.py fills in the port.
backend origin {
    .host = "127.0.0.1";
    .port = "@ORIGIN_PORT@";
}
