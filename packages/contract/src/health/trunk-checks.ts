import { holdsPermission } from "../permissions/match.ts";
import type { OrganizationFacts, TrunkFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { finding, thingOf } from "./make-finding.ts";
import { isAdministrator } from "./people-checks.ts";

const organization = { kind: "organization" as const, name: "" };
/** One that is away for shorter is being asked again, and may be there by then. */
const patienceMs = 120_000;

/** Lines to the outside that do not stand, or not as meant. Of one that is switched off nobody wants to know. */
export function trunkFindings(facts: OrganizationFacts): Finding[] {
	const enabled = (facts.trunks ?? []).filter((one) => one.enabled);
	return [
		...enabled.flatMap((trunk) => awayFinding(trunk, facts)),
		...enabled.filter(({ encrypted, transport }) => encrypted && transport !== "tls").map(keysFinding),
		...enabled.flatMap(fullFinding),
		...noneFinding(facts, enabled),
	];
}

function awayFinding(trunk: TrunkFacts, { now }: OrganizationFacts): Finding[] {
	const { trouble, name, host } = trunk;
	if (!trouble) return [];
	const { isRefused, needsPassword = false, detail, since } = trouble;
	// Nothing that is asked again brings a password back.
	if (!needsPassword && Date.parse(now) - Date.parse(since) <= patienceMs) return [];
	const kind = needsPassword ? "password" : isRefused ? "refused" : undefined;
	const values = { name, host, detail };
	const told = { values, since, field: "trunk" as const, ...(kind ? { kind } : {}) };
	return [finding("trunk.not.up", thingOf("trunk", trunk), told)];
}

/** Keys of SRTP stand in the signalling (RFC 4568, 9.3): read there, the encryption is none. */
function keysFinding(trunk: TrunkFacts): Finding {
	const values = { name: trunk.name, transport: trunk.transport.toUpperCase() };
	return finding("trunk.keys.clear", thingOf("trunk", trunk), { values, field: "trunk" });
}

function fullFinding(trunk: TrunkFacts): Finding[] {
	if (!trunk.full) return [];
	const { most, since } = trunk.full;
	const told = { values: { name: trunk.name, most }, since, field: "trunk" as const };
	return [finding("trunk.full", thingOf("trunk", trunk), told)];
}

/** Somebody is meant to call, and nobody can be. Administrators hold the permission without being agents. */
function noneFinding({ trunks, people, playsOutside }: OrganizationFacts, enabled: readonly TrunkFacts[]): Finding[] {
	if (!trunks || !people || playsOutside || enabled.length > 0) return [];
	const callers = people.filter(
		({ active, permissions }) =>
			active && holdsPermission(permissions, "conversation:call:add") && !isAdministrator(permissions),
	);
	const count = callers.length;
	return count === 0 ? [] : [finding("trunk.none", organization, { values: { count }, count })];
}
