import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { nothingAt } from "./kernel/http/api-error.ts";
import { Answer, noPermission, publicRoute, type Route, route } from "./kernel/http/route.ts";
import { contentPolicy } from "./kernel/http/security-headers.ts";

const policy = {
	"default-src": ["'self'"],
	"img-src": ["'self'", "data:"],
	// A greeting that was just recorded is heard before it is saved.
	"media-src": ["'self'", "blob:"],
	"object-src": ["'none'"],
	"base-uri": ["'none'"],
	"form-action": ["'self'"],
	"frame-ancestors": ["'none'"],
};

/** Nobody frames the administration, and nothing from elsewhere runs or is loaded in it. */
const headers = {
	"content-type": "text/html; charset=utf-8",
	"cache-control": "no-cache",
	"content-security-policy": contentPolicy(policy),
	"cross-origin-opener-policy": "same-origin",
	// The address carries the sign-in's code for a moment.
	"referrer-policy": "no-referrer",
};

/** The page beside which a script is tried frames our own panels, and the sign-in in them; a window that one opens keeps it. */
function testCrmHeaders(panelUrl: string): Record<string, string> {
	return {
		...headers,
		"content-security-policy": contentPolicy({ ...policy, "frame-src": ["'self'", panelUrl] }),
		"cross-origin-opener-policy": "unsafe-none",
	};
}

/** Serves the built console at `/admin/`. @param folder with its pages @param panelUrl origin of the panels */
export function consoleRoutes(folder: string, panelUrl: string): Route[] {
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
		page("/admin/", "getAdmin", () => consolePage(folder, "index.html", headers)),
		page("/admin/index.html", "getAdminIndex", () => consolePage(folder, "index.html", headers)),
		page("/admin/test-crm.html", "getAdminTestCrm", () =>
			consolePage(folder, "test-crm.html", testCrmHeaders(panelUrl)),
		),
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

async function consolePage(folder: string, file: string, told: Record<string, string>): Promise<Answer> {
	const html = await readFile(join(folder, file), "utf8").catch(() => undefined);
	if (html !== undefined) return new Answer(200, html, told);
	const text = "The console has not been built. Start Inlay with npm start, which builds it.";
	return new Answer(503, `<!doctype html><html lang="en"><title>Not built</title><p>${text}</p></html>`, headers);
}
