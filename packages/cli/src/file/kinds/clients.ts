/** OAuth clients. Secrets are shown once by the platform, and neither asked for nor kept here. */
import { bundledClientId, panelClientId } from "@inlay/contract";
import type { Platform, Thing } from "../../platform/platform.ts";
import type { Values } from "../format/sections.ts";
import { readGrant, written } from "./grants.ts";
import { type Io, type Kind, listOf, said, seenOf, text } from "./kind.ts";
import { simple } from "./simple.ts";

interface RoleDivision {
	roleId: string;
	divisionId: string;
}

const path = "/api/v2/oauth/clients";

const base: Kind = simple({
	path,
	isPaged: false,
	valuesOf(raw, lookup) {
		const grants = listOf<RoleDivision>(raw.roleDivisions).map(({ roleId, divisionId }) => {
			const role = lookup.nameOf("roles", roleId) ?? roleId;
			const division = divisionId === "*" ? "*" : (lookup.nameOf("divisions", divisionId) ?? divisionId);
			return written({ role, division }, lookup.home);
		});
		return said({
			name: raw.name,
			description: text(raw.description),
			grantType: raw.authorizedGrantType,
			redirectUris: listOf<string>(raw.registeredRedirectUri),
			scopes: listOf<string>(raw.scope),
			tokenDuration: raw.accessTokenValiditySeconds,
			active: raw.state === undefined || raw.state === "active",
			grants: grants.sort(),
		});
	},
	bodyOf(wanted, io, raw = {}) {
		const grants = wanted.grants as string[] | undefined;
		return bodyOf(wanted, raw, grants ? grants.map((grant) => roleDivisionOf(grant, io)) : raw.roleDivisions);
	},
});

/** The whole, as a PUT replaces it: what is not wanted otherwise stays as it came. */
function bodyOf(wanted: Values, raw: Thing, roleDivisions = raw.roleDivisions): Record<string, unknown> {
	const { name, description, grantType, redirectUris, scopes, tokenDuration, active } = wanted;
	const type = grantType ?? raw.authorizedGrantType ?? "CODE";
	const state = active === undefined ? raw.state : active ? "active" : "inactive";
	return said({
		name: name ?? raw.name,
		description: description ?? raw.description,
		authorizedGrantType: type,
		registeredRedirectUri: redirectUris ?? raw.registeredRedirectUri,
		scope: type === "CLIENT-CREDENTIALS" ? undefined : (scopes ?? raw.scope),
		accessTokenValiditySeconds: tokenDuration ?? raw.accessTokenValiditySeconds,
		state,
		roleDivisions: type === "CLIENT-CREDENTIALS" ? roleDivisions : undefined,
		dateToDelete: raw.dateToDelete,
	});
}

function roleDivisionOf(grant: string, io: Io): RoleDivision {
	const { role, division } = readGrant(grant, io.lookup.home);
	const divisionId = division === "*" ? "*" : io.idOf("divisions", division);
	return { roleId: io.idOf("roles", role), divisionId };
}

/** Those of the server itself are no matter of the organization. */
const own: readonly unknown[] = [bundledClientId, panelClientId];

export const clients: Kind = {
	...base,
	list: async (platform) => (await base.list(platform)).filter(({ id }) => !own.includes(id)),
	/** One that is in use is refused: it goes out of use first. */
	async remove(io, found) {
		const { raw, seen } = found;
		if (raw.state !== "active" && raw.state !== undefined) return base.remove(io, found);
		const off = bodyOf({ active: false }, raw);
		const { body: now, etag } = await io.platform.send("PUT", `${path}/${found.id}`, off, seen);
		const version = seenOf(now, etag);
		const { seen: _old, ...rest } = found;
		return base.remove(io, version === undefined ? rest : { ...rest, seen: version });
	},
};

/** Changes one as it is now, for who knows it by its id. @param to what is to be otherwise, of the client in the file's words */
export async function changeClient(platform: Platform, id: string, to: (raw: Thing) => Values): Promise<void> {
	const { raw, seen } = await base.fetch(platform, encodeURIComponent(id));
	await platform.send("PUT", `${path}/${encodeURIComponent(id)}`, bodyOf(to(raw), raw), seen);
}
