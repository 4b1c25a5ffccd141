/**
 * The server's settings, given on the command line at every start, so that those of the running code count and not those
 * of the code that created the cluster. What is durable stays at PostgreSQL's safe defaults and is named all the same.
 *
 * @param name the cluster's name, which every process of the server then carries in its title
 * @param port on the loopback interface, and the number in the name of the Unix socket
 * @param socketFolder where the Unix socket goes; undefined for none
 */
export function serverSettings(name: string, port: number, socketFolder: string | undefined): string[] {
	const settings: Record<string, string | number> = {
		cluster_name: name,
		listen_addresses: "127.0.0.1",
		port,
		unix_socket_directories: socketFolder ?? "",
		max_connections: 100,
		fsync: "on",
		synchronous_commit: "on",
		full_page_writes: "on",
		shared_buffers: "128MB",
		max_wal_size: "512MB",
		random_page_cost: 1.1,
		jit: "off",
		timezone: "UTC",
		log_timezone: "UTC",
		log_min_messages: "warning",
		// What people typed stands in statements and in the details of a refusal; the error goes to who asked.
		log_min_error_statement: "panic",
		log_error_verbosity: "terse",
	};
	return Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
}
