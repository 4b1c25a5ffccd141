import { createServer } from "node:net";

/** The first of several neighbouring TCP ports that are all free on loopback (the demo takes the API's next two, the panel the one behind). */
export async function freePorts(count: number): Promise<number> {
	for (let attempt = 0; attempt < 50; attempt++) {
		const first = 20_000 + Math.floor(Math.random() * 12_000);
		const neighbours = Array.from({ length: count }, (_, index) => first + index);
		if ((await Promise.all(neighbours.map(isFree))).every(Boolean)) return first;
	}
	throw new Error(`No ${count} neighbouring free ports found.`);
}

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", () => resolve(false));
		server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
	});
}
