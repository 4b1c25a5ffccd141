/** Queues with their members and wrap-up codes. */

import type { Platform, Thing } from "../../platform/platform.ts";
import { PlatformError } from "../../platform/platform-error.ts";
import type { Values } from "../format/sections.ts";
import { type Fields, type Found, type Io, idOf, type Kind, type Lookup, listOf, said, text, wants } from "./kind.ts";
import { slices } from "./people.ts";
import { moveMembers, withoutMembers } from "./queue-members.ts";

const path = "/api/v2/routing/queues";
/** `WritableEntity` lists (platform-api 5.2). */
const mostAtOnce = 100;
const settings = [
	"scoringMethod",
	"skillEvaluationMethod",
	"acwSettings",
	"agentOwnedRouting",
	"mediaSettings",
	"enableTranscription",
	"inlayTranscriptionLanguage",
] as const;
const plain = ["name", "description", "division", ...settings] as const;

function plainValues(raw: Thing, lookup: Lookup): Values {
	const own = Object.fromEntries(settings.map((key) => [key, raw[key] ?? undefined]));
	return said({
		name: raw.name,
		description: text(raw.description),
		division: lookup.nameOf("divisions", idOf(raw.division)),
		...own,
	});
}

export const queues: Kind = {
	list: (platform) => platform.list(path),
	nameOf: (raw) => text(raw.name),
	async values(platform, raw, lookup, fields) {
		const [members, codes] = await Promise.all([
			membersOf(platform, raw, lookup, fields),
			wants(fields, "wrapupCodes") ? platform.list(`${path}/${idOf(raw)}/wrapupcodes`) : undefined,
		]);
		const wrapupCodes = codes?.map(({ name }) => text(name)).sort();
		return said({ ...plainValues(raw, lookup), members, wrapupCodes });
	},
	async fetch(platform, id) {
		const { body, etag } = await platform.get(`${path}/${id}`);
		return { raw: body, ...(etag === undefined ? {} : { seen: etag }) };
	},
	async create(io, wanted) {
		const { body, etag } = await io.platform.send("POST", path, bodyOf(wanted, io, new Set(plain)));
		const values = { ...plainValues(body, io.lookup), members: [], wrapupCodes: [] };
		const division = wanted.division ?? io.lookup.home;
		const found = { id: idOf(body), name: text(wanted.name), values: { ...values, division }, raw: body };
		return { ...found, ...(etag === undefined ? {} : { seen: etag }) };
	},
	async change(io, found, wanted, fields) {
		if (plain.some((field) => fields.has(field))) {
			const body = { ...bodyOf(wanted, io, fields, found.raw), name: wanted.name };
			await io.platform.send("PUT", `${path}/${found.id}`, body, found.seen);
		}
		if (fields.has("wrapupCodes")) await setCodes(io, found, listOf<string>(wanted.wrapupCodes));
		if (fields.has("members")) await setMembers(io, found, listOf<string>(wanted.members));
	},
	/** One with members stays, so that none is deleted by mistake: they leave it first, and come back where it stays all the same. */
	async remove({ platform }, { id }) {
		const members = await platform.list(`${path}/${id}/members`);
		const remove = () => platform.send("DELETE", `${path}/${id}`);
		await withoutMembers(platform, id, members, remove, () => isGone(platform, id));
	},
};

/** False where that cannot be said. */
async function isGone(platform: Platform, id: string): Promise<boolean> {
	return platform.get(`${path}/${id}`).then(
		() => false,
		(error: unknown) => error instanceof PlatformError && error.status === 404,
	);
}

async function membersOf(platform: Platform, raw: Thing, lookup: Lookup, fields: Fields) {
	if (!wants(fields, "members")) return undefined;
	const members = await platform.list(`${path}/${idOf(raw)}/members`);
	return members.map(({ id }) => lookup.nameOf("users", id) ?? text(id)).sort();
}

/** Settings of media that are not said stay: the platform takes `mediaSettings` as a whole. */
function bodyOf(wanted: Values, io: Io, fields: ReadonlySet<string>, raw: Thing = {}): Record<string, unknown> {
	const own = settings.filter((key) => fields.has(key) && wanted[key] !== undefined);
	const division = fields.has("division") && wanted.division !== undefined;
	return said({
		name: wanted.name,
		description: fields.has("description") ? wanted.description : undefined,
		division: division ? { id: io.idOf("divisions", text(wanted.division)) } : undefined,
		...Object.fromEntries(own.map((key) => [key, merged(raw[key], wanted[key])])),
	});
}

export function merged(before: unknown, after: unknown): unknown {
	const areMaps = [before, after].every((one) => typeof one === "object" && one !== null && !Array.isArray(one));
	if (!areMaps) return after;
	const entries = Object.entries(after as object).map(([key, value]) => [key, merged((before as Thing)[key], value)]);
	return { ...(before as object), ...Object.fromEntries(entries) };
}

async function setCodes({ platform, idOf: idOfName }: Io, { id, values }: Found, wanted: readonly string[]) {
	const before = listOf<string>(values.wrapupCodes);
	const added = wanted.filter((one) => !before.includes(one)).map((name) => ({ id: idOfName("wrapupCodes", name) }));
	for (const some of slices(added, mostAtOnce)) await platform.send("POST", `${path}/${id}/wrapupcodes`, some);
	for (const name of before.filter((one) => !wanted.includes(one)))
		await platform.send("DELETE", `${path}/${id}/wrapupcodes/${idOfName("wrapupCodes", name)}`);
}

async function setMembers({ platform, idOf: idOfName }: Io, { id, values }: Found, wanted: readonly string[]) {
	const before = new Set(listOf<string>(values.members).map((one) => one.toLowerCase()));
	const after = new Set(wanted.map((one) => one.toLowerCase()));
	const refs = (emails: string[]) => emails.map((email) => ({ id: idOfName("users", email) }));
	await moveMembers(platform, id, refs([...after].filter((one) => !before.has(one))), "in");
	await moveMembers(platform, id, refs([...before].filter((one) => !after.has(one))), "out");
}
