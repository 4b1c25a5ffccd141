import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";

const types: Record<string, string> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
	".json": "application/json",
	".woff2": "font/woff2",
};

/**
 * Serves a file of the built pages: `/` is the page's own, `/assets/` is what the pages share.
 *
 * @param folder where Vite has put them
 * @param page name of the page's folder in it
 * @param path of the request, decoded
 * @returns whether there was such a file
 */
export async function serveFile(
	response: ServerResponse,
	folder: string,
	page: string,
	path: string,
): Promise<boolean> {
	const isAsset = path.startsWith("/assets/");
	const root = join(folder, isAsset ? "assets" : page);
	const file = join(root, isAsset ? path.slice("/assets/".length) : "index.html");
	if ((path !== "/" && !isAsset) || !file.startsWith(root + sep) || !types[extname(file)]) return false;
	const content = await readFile(file).catch(() => undefined);
	if (!content) return false;
	response.writeHead(200, {
		"content-type": types[extname(file)],
		"cache-control": isAsset ? "public, max-age=31536000, immutable" : "no-store",
	});
	response.end(content);
	return true;
}
