import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { nothingAt } from "./kernel/http/api-error.ts";
import { Answer, noPermission, publicRoute, type Route, route } from "./kernel/http/route.ts";
import { contentPolicy } from "./kernel/http/security-headers.ts";

/** Nobody frames the administration, and nothing from elsewhere runs or is loaded in it. */
const headers = {
	"content-type": "text/html; charset=utf-8",
	"cache-control": "no-cache",
	"content-security-policy": contentPolicy({
		"default-src": ["'self'"],
		"img-src": ["'self'", "data:"],
		"object-src": ["'none'"],
		"base-uri": ["'none'"],
		"form-action": ["'self'"],
		"frame-ancestors": ["'none'"],
	}),
	"cross-origin-opener-policy": "same-origin",
	// The address carries the sign-in's code for a moment.
	"referrer-policy": "no-referrer",
};

/** Serves the built console at `/admin/`. @param folder with its index.html */
export function consoleRoutes(folder: string): Route[] {
	const page = (path: string, operationId: string, handler: () => Answer | Promise<Answer>) =>
		route({
			method: "GET",
			path,
			operationId,
			summary: "The administrator's console.",
			permission: noPermission,
			scope: publicRoute,
			hidden: true,
			success: { status: 200 },
			handler,
		});
	return [
		page("/admin/", "getAdmin", () => consolePage(folder)),
		page("/admin/index.html", "getAdminIndex", () => consolePage(folder)),
		page("/admin", "getAdminRedirect", () => new Answer(302, undefined, { location: "/admin/" })),
	];
}

/**
 * Who opens the server's bare address in a browser means the administration; for a program nothing is there. Where the demo
 * runs, its own page is there.
 */
export function entranceRoute(): Route {
	return route({
		method: "GET",
		path: "/",
		operationId: "getRoot",
		summary: "Leads a browser to the administrator's console.",
		permission: noPermission,
		scope: publicRoute,
		hidden: true,
		success: { status: 200 },
		handler: ({ headers: { accept } }) => {
			if (String(accept ?? "").includes("text/html"))
				return new Answer(302, undefined, { location: "/admin/", vary: "accept" });
			throw nothingAt("GET", "/");
		},
	});
}

async function consolePage(folder: string): Promise<Answer> {
	const html = await readFile(join(folder, "index.html"), "utf8").catch(() => undefined);
	if (html !== undefined) return new Answer(200, html, headers);
	const text = "The console has not been built. Start Inlay with npm start, which builds it.";
	return new Answer(503, `<!doctype html><html lang="en"><title>Not built</title><p>${text}</p></html>`, headers);
}
