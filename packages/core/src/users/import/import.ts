import type { Authorization } from "../../authorization/authorization.ts";
import { mostGrantsAtOnce } from "../../authorization/grants.ts";
import type { Judge } from "../../authorization/judge.ts";
import { everyDivision } from "../../authorization/model.ts";
import type { Trx } from "../../kernel/database/database.ts";
import { ApiError, alreadyExists, badField } from "../../kernel/http/api-error.ts";
import { actorOf, type Principal, requireInDivision } from "../../kernel/principal.ts";
import type { Group } from "../group-store.ts";
import type { Groups } from "../groups.ts";
import type { User } from "../model.ts";
import type { NewPeople } from "../new-people.ts";
import { postgresUserStore, signInNames } from "../store.ts";
import { type Candidate, faultOf, type ImportRow, type Known, type RowFault, readRows } from "./candidates.ts";

interface ImportParts {
	authorization: Authorization;
	newPeople: NewPeople;
	groups: Groups;
	/** Somebody has been made. */
	made: () => void;
}

/** Rows in one import: each holds its names until the commit. */
export const mostRows = 1_000;
/** Groups that the rows name together; a row names 50 at most. */
const mostGroups = 1_000;

/** Somebody who has been made of a row. */
interface Made {
	id: string;
	candidate: Candidate;
}

export interface ImportOutcome {
	/** Who has been made; nobody by a preview. */
	created: User[];
	faults: RowFault[];
}

const adding = ["directory:user:add"];
const granting = ["authorization:grant:add"];
const joining = ["directory:group:edit"];

/**
 * People by the hundred: all of the rows are taken, or none. A preview is the same without writing. Whoever imports holds what
 * the rows give (decision 16); nobody who comes so has a password yet.
 */
export function createImport({ authorization, newPeople, groups, made }: ImportParts) {
	/**
	 * @throws ApiError 403 `missing.division.permission`, 400 `import.refused` naming rows and fields, neither by a preview;
	 * 400 where the rows name too many roles or groups
	 */
	async function importPeople(by: Principal, rows: readonly ImportRow[], preview: boolean): Promise<ImportOutcome> {
		if (count(rows, ({ roles = [] }) => roles.length) > mostGrantsAtOnce) throw tooMany("roles", mostGrantsAtOnce);
		const { candidates, faults } = readRows(rows, await known(rows));
		const outcome = await authorization.changeRights(by, async (trx) => {
			const judge = await authorization.judge(trx, by);
			const found = [...faults, ...(await taken(trx, candidates)), ...(await judged(trx, judge, by, candidates))];
			if (preview) return { created: [], faults: found.sort((a, b) => a.row - b.row) };
			refuse(found);
			return { created: await write(trx, candidates, by), faults: [] };
		});
		if (outcome.created.length === 0) return outcome;
		made();
		groups.changed(candidates.flatMap((one) => one.groups.map((group) => group.id)));
		return outcome;
	}

	async function known(rows: readonly ImportRow[]): Promise<Known> {
		const names = [...new Set(rows.flatMap((row) => (row.groups ?? []).map((name) => name.trim())))];
		if (names.length > mostGroups) throw tooMany("groups", mostGroups);
		const [divisions, roles, homeDivisionId, byName, byId] = await Promise.all([
			authorization.divisions.list(),
			authorization.roles.list(),
			authorization.homeDivisionId(),
			groups.allNamed(names),
			groups.findAll(names),
		]);
		return { divisions, roles, homeDivisionId, groups: [...byId, ...byName] };
	}

	/** Addresses that somebody signs in with already, or that people would take for such a one. */
	async function taken(trx: Trx, candidates: readonly Candidate[]): Promise<RowFault[]> {
		const emails = candidates.map((one) => one.email).filter((email) => email !== "");
		if (emails.length === 0) return [];
		// All names first, as for one person, then what looks like them: of two who take each other's, one waits.
		await postgresUserStore.lockUsernames(trx, emails);
		const others = await postgresUserStore.othersNamed(trx, "", emails);
		const used = new Set(others.flatMap((one) => [one.username.toLowerCase(), one.email.toLowerCase()]));
		const isAnyAlike = (await signInNames.lookingLike(trx, "", emails)) !== undefined;
		const faults: RowFault[] = [];
		for (const { row, email } of candidates) {
			if (email === "") continue;
			const alike = () => (isAnyAlike ? signInNames.lookingLike(trx, "", [email]) : undefined);
			const twin = used.has(email.toLowerCase()) ? email : await alike();
			if (twin !== undefined) faults.push(faultOf(row, "email", alreadyExists("user", "email", twin)));
		}
		return faults;
	}

	/** What whoever imports may not give; the same role in the same division is asked for once. */
	async function judged(trx: Trx, judge: Judge, by: Principal, candidates: readonly Candidate[]): Promise<RowFault[]> {
		const verdicts = new Map<string, unknown>();
		const faults: RowFault[] = [];
		const ask = async (row: number, fieldName: string, key: string, work: () => void | Promise<void>) => {
			if (!verdicts.has(key))
				verdicts.set(
					key,
					await Promise.resolve()
						.then(work)
						.catch((error: unknown) => error),
				);
			const refusal = verdicts.get(key);
			if (refusal !== undefined) faults.push(faultOf(row, fieldName, refusal));
		};
		for (const { row, divisionId, roleIds, groups: wanted } of candidates) {
			await ask(row, "division", divisionId, () => requireInDivision(by, adding, divisionId));
			for (const roleId of roleIds)
				await ask(row, "roles", `${roleId}@${divisionId}`, () => mayGive({ roleId, divisionId }));
			for (const group of wanted) await ask(row, "groups", group.id, () => mayJoin(group));
		}
		return faults;

		async function mayGive(role: { roleId: string; divisionId: string }): Promise<void> {
			judge.holdsIn(granting, [role.divisionId]);
			await authorization.grants.check(role, trx);
			await judge.mayGiveRoles([role]);
		}

		async function mayJoin(group: Group): Promise<void> {
			const owns = by.userId !== undefined && group.ownerIds.includes(by.userId);
			if (!owns) judge.holdsIn(joining, [everyDivision]);
			await judge.mayHandOver(group.id);
		}
	}

	async function write(trx: Trx, candidates: readonly Candidate[], by: Principal): Promise<User[]> {
		const people = await Promise.all(candidates.map(read));
		await newPeople.insert(trx, people, actorOf(by));
		const made = people.map(({ id }, at) => ({ id, candidate: candidates[at] as Candidate }));
		await giveRoles(trx, made, by);
		const joins = made.flatMap(({ id, candidate }) => candidate.groups.map((group) => ({ id, groupId: group.id })));
		const byGroup = Map.groupBy(joins, (one) => one.groupId);
		// Always in the same order: of two imports into the same groups, one waits for the other.
		for (const groupId of [...byGroup.keys()].sort()) {
			const ids = (byGroup.get(groupId) ?? []).map(({ id }) => id);
			await groups.joinIn(trx, await groups.lock(trx, groupId), ids, by);
		}
		return people;
	}

	function read({ name, email, department, title, divisionId }: Candidate): Promise<User> {
		const more = { ...(department ? { department } : {}), ...(title ? { title } : {}) };
		return newPeople.read({ name, email, divisionId, ...more });
	}

	/** Those who get the same in one step: most rows of an import are alike. */
	async function giveRoles(trx: Trx, made: readonly Made[], by: Principal): Promise<void> {
		const alike = Map.groupBy(made, ({ candidate }) => [candidate.divisionId, ...candidate.roleIds].join(" "));
		for (const people of alike.values()) {
			const [first] = people;
			if (!first || first.candidate.roleIds.length === 0) continue;
			const { roleIds, divisionId } = first.candidate;
			const receivers = people.map(({ id }) => ({ subjectId: id, subjectType: "PC_USER" as const }));
			const roles = roleIds.map((roleId) => ({ roleId, divisionId }));
			await authorization.grants.addIn(trx, receivers, roles, by);
		}
	}

	return { importPeople };
}

function count<T>(things: readonly T[], many: (thing: T) => number): number {
	return things.reduce((sum, one) => sum + many(one), 0);
}

function tooMany(what: "groups" | "roles", most: number): ApiError {
	return badField("rows", `The rows name more than ${most} ${what}. Import them in parts.`);
}

/** As many faults as an answer names; the preview tells all of them. */
const mostTold = 100;

function refuse(faults: readonly RowFault[]): void {
	const [first] = faults;
	if (!first) return;
	const lacking = faults.find((one) => one.code === "missing.division.permission");
	const details = faults.slice(0, mostTold).map(({ row, fieldName, code }) => ({
		errorCode: code,
		fieldName: `rows.${row - 1}.${fieldName}`,
	}));
	const { row, message } = lacking ?? first;
	throw new ApiError(
		lacking ? 403 : 400,
		lacking?.code ?? "import.refused",
		"Nobody was imported. Row {row}: {message}",
		{
			params: { row: String(row), message },
			details,
		},
	);
}
