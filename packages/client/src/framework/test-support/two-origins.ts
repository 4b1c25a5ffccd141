/** Two servers on ports of their own, so two origins: a CRM page that embeds a panel, and the panel. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "vite";

export interface TwoOrigins {
	/** Address of the CRM page that embeds the panel with this script and this patience for contact searches. */
	hostPage(script: string, contactSearchMs: number): string;
	hostOrigin: string;
	panelOrigin: string;
	close(): Promise<void>;
}

/** `scripts`: sources by name, served by the panel's origin. */
export async function serveTwoOrigins(scripts: Readonly<Record<string, string>>): Promise<TwoOrigins> {
	const bundle = await bundlePanel();
	const panel = await serve((path) => {
		if (path === "/bundle.js") return ["text/javascript", bundle];
		const source = scripts[/^\/scripts\/(\w+)\.js$/.exec(path)?.[1] ?? ""];
		if (source !== undefined) return ["text/javascript", source];
		return path === "/panel"
			? ["text/html", '<!doctype html><script type="module" src="/bundle.js"></script>']
			: undefined;
	});
	const host = await serve((path) => {
		const [, script, patience] = /^\/crm\/(\w+)\/(\d+)$/.exec(path) ?? [];
		if (script === undefined) return undefined;
		return ["text/html", hostPage(panel.origin, host.origin, `${script}&contactSearch=${patience}`)];
	});
	return {
		hostOrigin: host.origin,
		panelOrigin: panel.origin,
		hostPage: (script, contactSearchMs) => `${host.origin}/crm/${script}/${contactSearchMs}`,
		close: async () => {
			await Promise.all([panel.close(), host.close()]);
		},
	};
}

/** A CRM page as people have it: parses every message without a try, so anything else is an error of the page. */
function hostPage(panelOrigin: string, hostOrigin: string, script: string): string {
	const address = `${panelOrigin}/panel?script=${script}&crm_domain=${encodeURIComponent(hostOrigin)}`;
	return `<!doctype html><iframe id="softphone" allow="camera *; microphone *" src="${address}"></iframe><script>
		var received = [], errors = [];
		window.addEventListener("error", function (event) { errors.push(event.message); });
		window.addEventListener("message", function (event) {
			received.push(typeof event.data === "string" ? JSON.parse(event.data) : event.data);
		});
		function send(type, data) {
			document.getElementById("softphone").contentWindow.postMessage(JSON.stringify({ type: type, data: data }), "*");
		}
	</script>`;
}

async function bundlePanel(): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: "silent",
		build: {
			write: false,
			minify: false,
			// One file: what the panel loads later comes with it.
			rollupOptions: {
				input: fileURLToPath(new URL("./panel-entry.ts", import.meta.url)),
				output: { codeSplitting: false },
			},
		},
	});
	const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) => ("output" in each ? each.output : []));
	const chunk = outputs.find((each) => each.type === "chunk");
	if (chunk?.type !== "chunk") throw new Error("The test panel was not built");
	return chunk.code;
}

async function serve(answer: (path: string) => [type: string, body: string] | undefined) {
	const server: Server = createServer((request, response) => {
		const [type, body] = answer(new URL(request.url ?? "/", "http://localhost").pathname) ?? [undefined, ""];
		response.writeHead(type === undefined ? 404 : 200, { "content-type": type ?? "text/plain" }).end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}
