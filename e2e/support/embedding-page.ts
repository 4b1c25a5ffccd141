import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";

/** A page of an organization, on an origin of its own, that embeds panels and keeps what they post to it. */
export interface EmbeddingPage {
	origin: string;
	/** Its address with these panels in it, one iframe each, named `panel0`, `panel1`… */
	embedding(...panels: string[]): string;
	close(): void;
}

/** @param name of its host under `localhost`, which browsers resolve to loopback and which the demo's allow-list leaves out */
export async function serveEmbeddingPage(name: string): Promise<EmbeddingPage> {
	const server = createServer((_request, response) => {
		response.setHeader("content-type", "text/html; charset=utf-8");
		response.end(html);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const origin = `http://${name}.localhost:${(server.address() as AddressInfo).port}`;
	return {
		origin,
		embedding: (...panels) => `${origin}/?${new URLSearchParams(panels.map((panel) => ["panel", panel]))}`,
		close: () => server.close(),
	};
}

/** What the panels have posted to the page so far, with the origin that posted it. */
export function postedTo(page: Page): Promise<Array<{ origin: string; data: unknown }>> {
	return page.evaluate(() => (globalThis as unknown as { posted: Array<{ origin: string; data: unknown }> }).posted);
}

const html = `<!doctype html><title>An organization's page</title><body><script>
var posted = [];
addEventListener("message", function (event) { posted.push({ origin: event.origin, data: event.data }); });
new URLSearchParams(location.search).getAll("panel").forEach(function (address, index) {
	var frame = document.createElement("iframe");
	frame.name = "panel" + index;
	frame.width = 340;
	frame.height = 560;
	frame.allow = "camera *; microphone *; autoplay *; hid *";
	frame.src = address;
	document.body.append(frame);
});
</script>`;
