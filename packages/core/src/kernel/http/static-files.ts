import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Built files of a browser package: names with a hash in `assets/` may be kept forever, the rest is asked for anew. */
export async function serveAssets(
	app: FastifyInstance,
	folder: string,
	prefix: string,
	headers: Readonly<Record<string, string>> = {},
): Promise<void> {
	await app.register(fastifyStatic, {
		root: folder,
		prefix,
		decorateReply: false,
		cacheControl: false,
		index: false,
		setHeaders(response) {
			response.header("cache-control", "public, max-age=31536000, immutable");
			for (const [name, value] of Object.entries(headers)) response.header(name, value);
		},
	});
}
