/** Users and groups. */

import type { Thing } from "../../platform/platform.ts";
import type { Values } from "../format/sections.ts";
import { grantsOf, setGrants } from "./grants.ts";
import {
	type Fields,
	type Found,
	type Io,
	idOf,
	type Kind,
	type Lookup,
	listOf,
	said,
	seenOf,
	text,
	wants,
} from "./kind.ts";

const path = "/api/v2/users";
const expand = "expand=skills,languages";

/** Whom a listing names; deleted ones are none. */
function isThere(raw: Thing): boolean {
	return raw.state !== "deleted";
}

function proficiencies(value: unknown): Record<string, number> {
	return Object.fromEntries(listOf(value).map(({ name, proficiency }) => [text(name), Number(proficiency)]));
}

function plainValues(raw: Thing, lookup: Lookup): Values {
	return said({
		email: raw.email,
		name: raw.name,
		division: lookup.nameOf("divisions", idOf(raw.division)),
		title: text(raw.title),
		department: text(raw.department),
		active: raw.state !== "inactive",
		skills: proficiencies(raw.skills),
		languages: proficiencies(raw.languages),
	});
}

export const users: Kind = {
	list: async (platform) => (await platform.list(`${path}?state=any&${expand}`)).filter(isThere),
	nameOf: (raw) => text(raw.email),
	async values(platform, raw, lookup, fields: Fields) {
		const grants = wants(fields, "grants") ? { grants: await grantsOf(platform, idOf(raw), lookup) } : {};
		return { ...plainValues(raw, lookup), ...grants };
	},
	async fetch(platform, id) {
		return { raw: (await platform.get(`${path}/${id}?${expand}`)).body };
	},
	async create(io, wanted) {
		const { email, name, division, title, department, active, password } = wanted;
		const variable = (password as { env: string } | undefined)?.env;
		const { body } = await io.platform.send(
			"POST",
			path,
			said({
				email,
				name: name ?? email,
				divisionId: io.idOf("divisions", text(division) || io.lookup.home),
				title: title === "" ? undefined : title,
				department: department === "" ? undefined : department,
				password: variable === undefined ? undefined : io.password(variable),
				state: active === false ? "inactive" : undefined,
			}),
		);
		const values = { ...plainValues(body, io.lookup), division: division ?? io.lookup.home, grants: [] };
		return { id: idOf(body), name: text(email), values, raw: body };
	},
	async change(io, found, wanted, fields) {
		await changeUser(io, found, wanted, fields);
		if (fields.has("division")) await move(io, found, text(wanted.division));
		if (fields.has("skills")) await setAbilities(io, found, "skills", wanted);
		if (fields.has("languages")) await setAbilities(io, found, "languages", wanted);
		if (fields.has("grants")) await setGrants(io, found, listOf<string>(wanted.grants));
	},
	async remove(io, { id }) {
		await io.platform.send("DELETE", `${path}/${id}`);
	},
};

async function changeUser({ platform }: Io, { id, raw }: Found, wanted: Values, fields: ReadonlySet<string>) {
	const plain = ["name", "title", "department"].filter((field) => fields.has(field));
	if (plain.length === 0 && !fields.has("active")) return;
	const values = Object.fromEntries(plain.map((field) => [field, wanted[field]]));
	const state = fields.has("active") ? { state: wanted.active === false ? "inactive" : "active" } : {};
	await platform.send("PATCH", `${path}/${id}`, { version: raw.version, ...values, ...state });
}

async function move({ platform, idOf: idOfName }: Io, { id }: Found, division: string) {
	const place = idOfName("divisions", division);
	await platform.send("POST", `/api/v2/authorization/divisions/${place}/objects/USER`, [id]);
}

/** Skills are replaced as a whole. Of languages the platform can only give some and take each. */
async function setAbilities(io: Io, { id, values }: Found, kind: "skills" | "languages", wanted: Values) {
	const all = Object.entries((wanted[kind] ?? {}) as Record<string, number>);
	const body = all.map(([name, proficiency]) => ({ id: io.idOf(kind, name), proficiency }));
	if (kind === "skills") {
		await io.platform.send("PUT", `${path}/${id}/routingskills/bulk`, body);
		return;
	}
	if (body.length > 0) await io.platform.send("PATCH", `${path}/${id}/routinglanguages/bulk`, body);
	const before = Object.keys((values.languages ?? {}) as object);
	for (const name of before.filter((one) => !all.some(([kept]) => kept === one)))
		await io.platform.send("DELETE", `${path}/${id}/routinglanguages/${io.idOf("languages", name)}`);
}

const groupPath = "/api/v2/groups";
/** Ours takes a thousand at once, the platform fifty. */
const mostMembers = { ours: 1_000, region: 50 };
/** Ids in an address. */
const mostInAddress = 50;

export const groups: Kind = {
	list: async (platform) => (await platform.list(groupPath)).filter(isThere),
	nameOf: (raw) => text(raw.name),
	async values(platform, raw, lookup, fields) {
		const plain = { name: raw.name, description: text(raw.description) };
		if (!wants(fields, "members")) return plain;
		const members = await platform.list(`${groupPath}/${idOf(raw)}/members`);
		return { ...plain, members: members.map((one) => lookup.nameOf("users", one.id) ?? text(one.email)).sort() };
	},
	async fetch(platform, id) {
		return { raw: (await platform.get(`${groupPath}/${id}`)).body };
	},
	async create({ platform }, { name, description }) {
		const fixed = { type: "official", visibility: "public", rulesVisible: true };
		const { body } = await platform.send("POST", groupPath, said({ name, description, ...fixed }));
		const values = { name: body.name, description: text(body.description), members: [] };
		return { id: idOf(body), name: text(name), values, raw: body };
	},
	async change(io, found, wanted, fields) {
		let { version } = found.raw;
		if (fields.has("description")) {
			const body = { version, description: wanted.description };
			version = (await io.platform.send("PUT", `${groupPath}/${found.id}`, body)).body.version;
		}
		if (fields.has("members")) await setMembers(io, found, listOf<string>(wanted.members), version);
	},
	async remove({ platform }, { id, raw }) {
		await platform.send("DELETE", `${groupPath}/${id}`, undefined, seenOf(raw));
	},
};

/** @param version what the first request is based on: who came or went since then is not overlooked */
async function setMembers(io: Io, { id, values }: Found, wanted: readonly string[], version: unknown) {
	const { platform, idOf: idOfName } = io;
	const before = new Set(listOf<string>(values.members).map((one) => one.toLowerCase()));
	const after = new Set(wanted.map((one) => one.toLowerCase()));
	const added = [...after].filter((one) => !before.has(one)).map((email) => idOfName("users", email));
	const gone = [...before].filter((one) => !after.has(one)).map((email) => idOfName("users", email));
	let seen = typeof version === "number" ? version : undefined;
	for (const memberIds of slices(added, platform.isRegion ? mostMembers.region : mostMembers.ours)) {
		await platform.send("POST", `${groupPath}/${id}/members`, said({ memberIds, version: seen }));
		seen = undefined;
	}
	for (const ids of slices(gone, mostInAddress)) {
		const ifMatch = seen === undefined || platform.isRegion ? undefined : `"${seen}"`;
		await platform.send("DELETE", `${groupPath}/${id}/members?ids=${ids.join(",")}`, undefined, ifMatch);
		seen = undefined;
	}
}

export function slices<T>(all: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
		all.slice(index * size, (index + 1) * size),
	);
}
