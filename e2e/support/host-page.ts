import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Serves a page that does nothing but embed a panel.
 *
 * @param host loopback name; `127.0.0.1` and `localhost` are different sites to a browser
 */
export async function serveHostPage(
	host: "127.0.0.1" | "localhost",
	panelUrl: string,
): Promise<{ url: string; close(): void }> {
	const source = panelUrl.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
	const server = createServer((_request, response) => {
		response.setHeader("content-type", "text/html; charset=utf-8");
		response.end(`<!doctype html><title>Host</title>
<iframe id="softphone" title="Phone" width="320" height="600" allow="camera *; microphone *; autoplay *" src="${source}"></iframe>`);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	return { url: `http://${host}:${port}/`, close: () => server.close() };
}
