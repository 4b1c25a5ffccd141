import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const types: Record<string, string> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
	".json": "application/json",
	".woff2": "font/woff2",
};

/**
 * Serves a file of a built page; paths without a file extension are the page itself.
 *
 * @param folder with `index.html` and `assets/`
 * @param path of the request, decoded
 * @returns whether there was such a file
 */
export async function serveFile(response: ServerResponse, folder: string, path: string): Promise<boolean> {
	const name = extname(path) ? normalize(path) : "index.html";
	const file = join(folder, name);
	if (!file.startsWith(folder + sep) || !types[extname(file)]) return false;
	const content = await readFile(file).catch(() => undefined);
	if (!content) return false;
	const isHashed = name.split(/[\\/]/).includes("assets");
	response.writeHead(200, {
		"content-type": types[extname(file)],
		"cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-store",
	});
	response.end(content);
	return true;
}
