import { Type } from "typebox";
import { ApiError } from "../http/api-error.ts";
import { Answer, noPermission, publicRoute, type Route, route } from "../http/route.ts";
import { readRange } from "./byte-range.ts";
import type { Link } from "./links.ts";
import { filesPath, type Storage } from "./storage.ts";

/** What browsers show or play and never run; everything else is saved (agent-features 0.4). */
const shownInline = /^(?:audio\/[\w.+-]+|image\/(?:png|jpeg|gif|webp|avif))$/;
/** Of a file: it runs nothing and loads nothing, were it a page, and nobody frames it. */
const filePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";

export interface FilePorts {
	/** The session is still good that a link was given to. */
	isGood(session: string): Promise<boolean>;
}

/** Files by their links. A link is all it takes: players cannot send tokens. */
export function fileRoutes(storage: Storage, ports: FilePorts): Route[] {
	return [
		route({
			method: "GET",
			path: filesPath,
			operationId: "getInlayFile",
			summary: "Reads a stored file by a link that was given out for it, or a part of it (`Range`).",
			permission: noPermission,
			scope: publicRoute,
			// In the query, which no log has.
			query: Type.Object({ ticket: Type.String({ maxLength: 4000 }) }),
			success: { status: 200, description: "The file; 206 with a part of it" },
			errors: ["file.link.invalid", "file.link.over", "file.gone", "file.range"],
			compress: false,
			handler: async ({ query, headers }) => {
				const link = await openedLink(storage, ports, query.ticket);
				return fileAnswer(storage, link, [headers.range].flat()[0]);
			},
		}),
	];
}

async function openedLink(storage: Storage, { isGood }: FilePorts, ticket: string): Promise<Link> {
	const link = await storage.readTicket(ticket);
	if (!link) throw new ApiError(403, "file.link.invalid", "This link opens nothing. Ask for the file again.");
	if (link === "over") throw linkOver();
	if (link.session !== undefined && !(await isGood(link.session))) throw linkOver();
	await storage.opened(ticket, link);
	return link;
}

function linkOver(): ApiError {
	return new ApiError(403, "file.link.over", "The time of this link is over. Ask for the file again.");
}

async function fileAnswer(storage: Storage, link: Link, asked: string | undefined): Promise<Answer> {
	const { size } = link;
	const range = readRange(asked, size);
	if (range === "none")
		throw new ApiError(416, "file.range", "The file has {size} bytes; nothing of what was asked for is there.", {
			params: { size: String(size) },
			headers: { "content-range": `bytes */${size}` },
		});
	const found = await storage.get(link.key, range);
	if (!found) throw new ApiError(410, "file.gone", "The file has been deleted.");
	const headers = headersOf(link);
	if (range === undefined) return new Answer(200, found.body, { ...headers, "content-length": String(found.size) });
	return new Answer(206, found.body, {
		...headers,
		"content-length": String(range.last - range.first + 1),
		"content-range": `bytes ${range.first}-${range.last}/${found.size}`,
	});
}

function headersOf({ type, filename, disposition }: Link): Record<string, string> {
	const shown = disposition === "inline" && shownInline.test(type) ? "inline" : "attachment";
	const plain = filename.replace(/[^\w. -]/g, "_");
	return {
		"content-type": type,
		"accept-ranges": "bytes",
		"content-disposition": `${shown}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
		"content-security-policy": filePolicy,
		"x-content-type-options": "nosniff",
	};
}
