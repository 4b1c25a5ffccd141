import { randomUUID } from "node:crypto";
import { defaultWrapupCodeId } from "@inlay/contract/wrapup-codes";
import type { Trx } from "../kernel/database/database.ts";
import { RememberedTotals } from "../kernel/database/remembered-totals.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { wrapupCodeChanged } from "./events.ts";
import { createMoving } from "./moving.ts";
import { chosenDivision, type DivisionDirectory, divisionIdOf } from "./ports.ts";
import type { Slice } from "./queue-store.ts";
import { isUniqueViolation } from "./unique.ts";
import type { WrapupCode, WrapupCodeInput } from "./wrapup-model.ts";
import { codeNames, codesInDivisions, type WrapupFilter, wrapupStore } from "./wrapup-store.ts";

export interface WrapupCodes {
	get(codeId: string): Promise<WrapupCode | undefined>;
	/** @throws ApiError 404 `not.found` */
	require(codeId: string): Promise<WrapupCode>;
	list(filter: WrapupFilter, slice: Slice): Promise<{ codes: WrapupCode[]; total: number }>;
	/** @throws ApiError 409 `general.conflict` when the name is taken */
	create(input: WrapupCodeInput, actor: Actor): Promise<WrapupCode>;
	/** @param version the one that the caller has seen @throws ApiError 409 `version.conflict` */
	update(codeId: string, input: WrapupCodeInput, actor: Actor, version?: number): Promise<WrapupCode>;
	/**
	 * @param version as with update
	 * @throws ApiError 409 `general.conflict` for the default code, which stands in when nobody chose one
	 */
	remove(codeId: string, actor: Actor, version?: number): Promise<void>;
}

export function createWrapupCodes(kernel: Kernel, deps: { authorization: DivisionDirectory }): WrapupCodes {
	const { database, events, clock } = kernel;
	const store = wrapupStore(database.db);
	const totals = new RememberedTotals(kernel.feed, ({ entityType }) => entityType === "wrapupcode");

	deps.authorization.divisions.addCounter("WRAPUPCODE", codesInDivisions);
	const moving = createMoving<WrapupCode>(kernel, deps.authorization, {
		...{ entity: "wrapupCode", permission: "routing:wrapupCode:edit", lock: store.lock },
		async save(trx, code, actor) {
			await store.update(trx, code);
			await events.append(trx, [wrapupCodeChanged(code, "updated", actor)]);
		},
		moved: () => totals.forget(),
	});
	deps.authorization.divisions.addMover?.("WRAPUPCODE", moving);

	async function require(codeId: string): Promise<WrapupCode> {
		const code = await store.get(database.db, codeId);
		if (!code) throw notFound("wrapupCode", codeId);
		return code;
	}

	async function locked(trx: Trx, codeId: string, version?: number): Promise<WrapupCode> {
		const code = await store.lock(trx, codeId);
		if (!code) throw notFound("wrapupCode", codeId);
		if (version !== undefined && version !== code.version)
			throw versionConflict("wrapupCode", codeId, version, code.version);
		return code;
	}

	async function create(input: WrapupCodeInput, actor: Actor): Promise<WrapupCode> {
		const now = clock.now();
		const code: WrapupCode = {
			id: randomUUID(),
			name: readName(input.name),
			...(input.description ? { description: input.description } : {}),
			divisionId: await chosenDivision(deps.authorization, input.division, { shared: true }),
			dateCreated: now,
			dateModified: now,
			...(actor.userId ? { createdBy: actor.userId } : {}),
			version: 1,
		};
		await saving(code.name, async (trx) => {
			await deps.authorization.divisions.requireStanding(trx, code.divisionId, "division.id");
			await codeNames.refuseTwin(trx, code, nameTaken);
			await store.insert(trx, code);
			await events.append(trx, [wrapupCodeChanged(code, "created", actor)]);
		});
		return code;
	}

	async function update(codeId: string, input: WrapupCodeInput, actor: Actor, version?: number): Promise<WrapupCode> {
		const chosen = divisionIdOf(input.division)
			? await chosenDivision(deps.authorization, input.division, { shared: true })
			: undefined;
		return saving(input.name, async (trx) => {
			const { description, ...before } = await locked(trx, codeId, version);
			if (chosen) await deps.authorization.divisions.requireStanding(trx, chosen, "division.id");
			const wanted = input.description === undefined ? description : input.description;
			const code: WrapupCode = {
				...before,
				name: readName(input.name, { before: before.name }),
				...(wanted ? { description: wanted } : {}),
				divisionId: chosen ?? before.divisionId,
				dateModified: clock.now(),
				...(actor.userId ? { modifiedBy: actor.userId } : {}),
				version: before.version + 1,
			};
			await codeNames.refuseTwin(trx, { ...code, before: before.name }, nameTaken);
			await store.update(trx, code);
			await events.append(trx, [wrapupCodeChanged(code, "updated", actor)]);
			return code;
		});
	}

	async function remove(codeId: string, actor: Actor, version?: number): Promise<void> {
		await database.change(async (trx) => {
			const code = await locked(trx, codeId, version);
			if (code.id === defaultWrapupCodeId) throw neededByServer(code);
			await store.delete(trx, codeId);
			await events.append(trx, [wrapupCodeChanged(code, "deleted", actor)]);
		});
		totals.forget();
	}

	async function saving<T>(name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		try {
			const saved = await database.change(work);
			totals.forget();
			return saved;
		} catch (error) {
			throw isUniqueViolation(error, "wrapup_codes_name") ? nameTaken(name) : error;
		}
	}

	return {
		get: (codeId) => store.get(database.db, codeId),
		require,
		async list(filter, slice) {
			const { divisions, sortBy: _column, descending: _order, ...rest } = filter;
			const which = { ...rest, divisions: divisions instanceof Set ? [...divisions].sort() : divisions };
			const [codes, total] = await Promise.all([
				store.list(filter, slice),
				totals.of(which, () => store.count(filter)),
			]);
			return { codes, total };
		},
		create,
		update,
		remove,
	};
}

function nameTaken(name: string): ApiError {
	return new ApiError(
		409,
		"general.conflict",
		"A wrap-up code with the name {name} exists already; choose another name.",
		{
			params: { name },
			details: [{ errorCode: "general.conflict", fieldName: "name", entityName: "wrapupCode" }],
			entityName: "wrapupCode",
		},
	);
}

function neededByServer(code: WrapupCode): ApiError {
	return new ApiError(
		409,
		"general.conflict",
		"{name} cannot be deleted: it stands in when after-call work ends without a code.",
		{ params: { name: code.name }, entityId: code.id, entityName: "wrapupCode" },
	);
}
