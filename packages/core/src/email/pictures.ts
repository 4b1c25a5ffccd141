import type { OperatorLog } from "../kernel/operator-log.ts";
import { type Outgoing, OutgoingRefused } from "../kernel/outgoing/outgoing.ts";
import { beginsAs } from "../messaging/file-types.ts";
import type { MailFiles } from "./files.ts";
import type { Mail } from "./model.ts";
import type { MailReader } from "./reading/reader.ts";

/** One of them comes within so long, ms, and is no larger than that (agent-features 8.4). */
const oneMs = 5_000;
const mostBytes = 5 * 1024 * 1024;
/** All of a mail's together, each counted as often as the mail shows it: longer, as `data:` addresses, no answer grows by them. */
const mostInAll = 10 * 1024 * 1024;
/** Whoever waits for them gets what has come by then, ms. */
const mostMs = 15_000;
/** So many are asked for at a time. */
const atOnce = 4;
/** A place that leads on is followed so far, each step as guarded as the first. */
const mostSteps = 3;
const types = ["image/png", "image/jpeg", "image/gif", "image/webp"] as const;

export interface PictureDeps {
	files: Pick<MailFiles, "read">;
	reader: Pick<MailReader, "read">;
	/** Where strangers' pictures are fetched: {@link Outgoing.strangers}. */
	door: Pick<Outgoing, "ask">;
}

/** What a mail shows with its pictures from elsewhere. */
export interface WithPictures {
	html: string;
	/** How many could not be had. */
	missing: number;
}

/**
 * Pictures that a mail names and did not bring: fetched by this server, at an agent's wish alone, so that nobody's browser tells
 * the sender who reads, from where and with what. Nothing is asked that the outgoing door refuses, nothing is kept.
 */
export function mailPictures({ operators }: { operators: Pick<OperatorLog, "warn"> }, deps: PictureDeps) {
	const { files, reader, door } = deps;

	/** @param refused told of the hosts that lead inside */
	async function fetched(address: string, refused: Refused, steps = mostSteps): Promise<string | undefined> {
		const url = URL.canParse(address) ? new URL(address) : undefined;
		if (!url || !/^https?:$/.test(url.protocol)) return undefined;
		url.username = "";
		url.password = "";
		const headers = { accept: types.join(", ") };
		const answer = await door.ask(url, { method: "GET", headers, timeoutMs: oneMs, mostBytes }).catch((error) => {
			if (error instanceof OutgoingRefused) refused.push(url.host);
			return undefined;
		});
		if (!answer) return undefined;
		const { status, body } = answer;
		const next = answer.headers.location;
		if (status >= 300 && status < 400 && next && steps > 0)
			return URL.canParse(next, url) ? fetched(new URL(next, url).href, refused, steps - 1) : undefined;
		// What it is says its beginning: nothing that could run is a picture by its name.
		const type = types.find((one) => beginsAs(one, body));
		return status === 200 && type ? `data:${type};base64,${body.toString("base64")}` : undefined;
	}

	/** Mails of before do not say where their pictures are: what came is read again. */
	async function sourceOf(mail: Mail): Promise<{ html: string; remote: string[] }> {
		if (mail.html !== undefined && mail.remote) return { html: mail.html, remote: mail.remote };
		if (!mail.rawKey) return { html: mail.html ?? "", remote: [] };
		const { html = "", remote } = await reader.read(await files.read(mail.rawKey), mail.from.email);
		return { html, remote };
	}

	/** A mail may name a hundred places inside: one line tells of them. */
	function tell({ id }: Mail, refused: Refused): void {
		if (refused.length === 0) return;
		const told = { event: "email.picture.refused", mail: id, host: refused[0]?.slice(0, 253), count: refused.length };
		operators.warn(told, "pictures that a stranger's mail names were not fetched: they lead into the own network");
	}

	return {
		async of(mail: Mail): Promise<WithPictures> {
			const { html, remote } = await sourceOf(mail);
			const found = new Map<string, string>();
			const refused: Refused = [];
			const waiting = [...remote.entries()];
			let room = mostInAll;
			const until = performance.now() + mostMs;
			const work = async () => {
				for (let next = waiting.shift(); next && room > 0 && performance.now() < until; next = waiting.shift()) {
					const picture = await fetched(next[1], refused);
					if (!picture || picture.length > room) continue;
					room -= picture.length;
					found.set(String(next[0]), picture);
				}
			};
			await Promise.all(Array.from({ length: atOnce }, work));
			tell(mail, refused);
			const { shown, left } = putIn(html, found);
			return { html: shown, missing: remote.length - found.size + left };
		},
	};
}

type Refused = string[];

/**
 * The pictures in their rooms, as far as there is room for all: a mail may show one picture a thousand times.
 * @returns and how many pictures are not wherever the mail shows them
 */
function putIn(html: string, found: ReadonlyMap<string, string>): { shown: string; left: number } {
	let room = mostInAll;
	const left = new Set<string>();
	// As `safeHtml` writes it: nothing that is only said in words or in another attribute begins so.
	const shown = html.replace(/<img data-remote="(\d+)"/g, (whole, place: string) => {
		const picture = found.get(place);
		if (!picture) return whole;
		if (picture.length > room) {
			left.add(place);
			return whole;
		}
		room -= picture.length;
		return `<img src="${picture}"`;
	});
	return { shown, left: left.size };
}
