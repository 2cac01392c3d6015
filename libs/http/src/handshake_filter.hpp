/// How a listening socket leaves a port that it shares with others (SO_REUSEPORT) without resetting anybody.
#pragma once

namespace filmoteka::http {

/// The kernel drops the first packet of every new connection to `listening`; a client sends it again after a
/// second, and then another socket of the port gets it. Connections that are half made become whole and can
/// be accepted. Without this, closing resets what has come into the queue since it was last looked at. (The
/// kernel does the same by itself where net.ipv4.tcp_migrate_req is 1, which it is not by default.) False:
/// the kernel does not let us.
bool drop_new_handshakes(int listening);

}  // namespace filmoteka::http
