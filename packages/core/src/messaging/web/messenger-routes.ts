import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { Type } from "typebox";
import { ApiError, badField, notFound } from "../../kernel/http/api-error.ts";
import { Answer, noPermission, publicRoute, type Route, route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/schemas.ts";
import { mayEmbed } from "./guest-socket.ts";
import { messengerOf } from "./guests.ts";
import type { WebMessaging } from "./web-messaging.ts";

/** Pages ask for it anew so often, seconds: a new version is there within minutes. */
const scriptSeconds = 300;
const languageTag = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$";

/** What a page needs to embed a messenger: its script, and how it looks and behaves there. @param folder of the built one */
export function messengerRoutes({ addressOf, takeFile, canMail }: WebMessaging, folder: string): Route[] {
	return [
		scriptRoute("/messenger/messenger.js", "getMessengerScript", folder),
		scriptRoute("/messenger/cobrowse.js", "getMessengerCobrowseScript", folder),
		route({
			method: "POST",
			path: "/api/inlay/v1/webmessaging/files",
			operationId: "postInlayWebmessagingFiles",
			summary: "Brings the file for which the messenger's socket gave a ticket; good once, for two minutes.",
			permission: noPermission,
			scope: publicRoute,
			// In the query, which no log has.
			query: Type.Object({ ticket: Type.String({ minLength: 1, maxLength: 100 }) }),
			acceptsFile: true,
			success: { status: 200, description: "{seq}: the message's number in the session" },
			errors: ["message.file.ticket", "message.file.type", "message.file.size", "message.session.ended"],
			async handler({ query: { ticket }, body }) {
				const file = body as unknown as Readable | undefined;
				if (typeof file?.pipe !== "function") throw badField("file", "Send the file as the body, as octet-stream.");
				return takeFile(ticket, file);
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/webmessaging/:deploymentId",
			operationId: "getInlayWebmessagingDeployment",
			summary: "How a messenger looks and behaves, for a page that may embed it.",
			permission: noPermission,
			scope: publicRoute,
			params: idParams("deploymentId"),
			query: Type.Object({ language: Type.Optional(Type.String({ maxLength: 35, pattern: languageTag })) }),
			success: { status: 200 },
			errors: ["origin.not.allowed"],
			async handler({ params: { deploymentId }, query: { language }, headers }) {
				const address = await addressOf(deploymentId);
				if (!address) throw notFound("deployment", deploymentId);
				const origin = [headers.origin].flat()[0];
				if (!mayEmbed(address, origin)) throw foreignOrigin(origin);
				const {
					origins: _origins,
					sessionMinutes: _minutes,
					afterEnd: _after,
					cobrowse,
					transcriptFrom,
					signIn,
					...looks
				} = messengerOf(address);
				// How pages are shared is told to those that share one.
				const sharesByCode = cobrowse.channels.includes("voice");
				const mailsTranscript = transcriptFrom !== "" && (await canMail(transcriptFrom));
				const told = { ...looks, signsIn: signIn !== undefined, sharesByCode, mailsTranscript };
				return { ...told, ...(await wordsOf(folder, language)) };
			},
		}),
	];
}

/** A built script, for pages of other origins: the messenger, or what shares a page once its customer has agreed. */
function scriptRoute(path: string, operationId: string, folder: string): Route {
	return route({
		method: "GET",
		path,
		operationId,
		summary: "A script of the messenger, for any page to embed.",
		permission: noPermission,
		scope: publicRoute,
		hidden: true,
		success: { status: 200 },
		async handler() {
			const script = await readFile(join(folder, basename(path)), "utf8").catch(() => undefined);
			const type = { "content-type": "text/javascript; charset=utf-8" };
			if (script === undefined) return new Answer(503, "// Not built: start Inlay with npm start.\n", type);
			return new Answer(200, script, {
				...type,
				"cache-control": `public, max-age=${scriptSeconds}`,
				"cross-origin-resource-policy": "cross-origin",
			});
		},
	});
}

/** The messenger's own words in the customer's language; English is in its script. */
async function wordsOf(folder: string, wanted = "en"): Promise<{ language: string; words: Record<string, string> }> {
	for (const language of [wanted, wanted.split("-")[0] ?? "en"]) {
		const file = join(folder, "languages", `${language}.json`);
		const text = await readFile(file, "utf8").catch(() => undefined);
		if (text !== undefined) return { language, words: JSON.parse(text) };
	}
	return { language: "en", words: {} };
}

function foreignOrigin(origin: string | undefined): ApiError {
	const text = "Pages of {origin} may not embed this messenger. An administrator can allow them.";
	return new ApiError(403, "origin.not.allowed", text, { params: { origin: origin ?? "an unknown origin" } });
}
