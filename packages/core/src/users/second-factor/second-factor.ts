import { actorOfGiver, type Giver } from "../../authorization/judge.ts";
import type { ChangeRights } from "../../authorization/rights-changes.ts";
import type { Db, Trx } from "../../kernel/database/database.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { Actor } from "../../kernel/events/event-log.ts";
import { ApiError, badField } from "../../kernel/http/api-error.ts";
import type { DivisionSet, GrantedPermission } from "../../kernel/principal.ts";
import { seal, unseal } from "../../kernel/sealing.ts";
import { recoveryCodeUsed, secondFactorChanged } from "../events.ts";
import type { User } from "../model.ts";
import type { OrganizationService } from "../organization.ts";
import { codeAttempt, type SignInBrake } from "../sign-in/brake.ts";
import { credentialStore } from "../sign-in/credential-store.ts";
import type { SignInKeys } from "../sign-in/keys.ts";
import type { EndSessions, RequireHandOver } from "../sign-in/password-changes.ts";
import type { Refusals } from "../sign-in/refusals.ts";
import type { Proof } from "../sign-in/sign-in.ts";
import type { UserStore } from "../store.ts";
import { concernedBy, type PermissionsOf } from "./concerned.ts";
import { demandOf, type demands, isAdministrator } from "./demand.ts";
import { hashRecoveryCode, looksLikeRecoveryCode, newRecoveryCodes, recoveryCodesFrom } from "./recovery-codes.ts";
import { secondFactorStore as factors } from "./store.ts";
import { enrolmentUri, newSecret, stepOf } from "./totp.ts";

/** What somebody sees who sets an authenticator app up. */
export interface Enrolment {
	/** Base32, for apps that read no pictures. */
	secret: string;
	/** `otpauth://totp/…`, the picture's content. */
	uri: string;
}

export type RefusedCode = { kind: "wrong" } | { kind: "wait"; seconds: number };
/** How a code was taken. */
export type CodeCheck = { kind: "right" } | RefusedCode;

/** A second factor that has just been set up. */
export interface Confirmed {
	kind: "confirmed";
	/** Shown this once. */
	recoveryCodes: string[];
	/** Counts from now on, for a sign-in that goes on. */
	proof: Proof;
}

export interface SecondFactorStatus {
	/** Undefined where the user has none. */
	since?: Date;
	recoveryCodesLeft: number;
	/** The organization asks this user for one. */
	required: boolean;
}

interface Parts {
	store: UserStore;
	organization: OrganizationService;
	brake: SignInBrake;
	keys: SignInKeys;
	refusals: Refusals;
	endSessions: EndSessions;
	changeRights: ChangeRights;
	requireHandOver: RequireHandOver;
	/** What somebody holds. @param trx the transaction in which it is asked, if any */
	grantsOf(userId: string, trx?: Trx): Promise<readonly GrantedPermission[]>;
	permissionsOf: PermissionsOf;
}

/**
 * Codes from an authenticator app beside the password (TOTP), and recovery codes for whoever has lost it. A code is good
 * once; guessing is braked; secrets are sealed at rest.
 */
export function createSecondFactor(kernel: Kernel, parts: Parts) {
	const { database, events, clock } = kernel;
	const { store, organization, brake, keys, refusals } = parts;

	/** @param db the transaction in which the caller is, if it is in one */
	async function isEnrolled(userId: string, db: Db = database.db): Promise<boolean> {
		return Boolean((await factors.get(db, userId))?.confirmedAt);
	}

	/** Whether the organization asks this user for one. @param trx the transaction in which the caller is, if it is in one */
	async function isRequiredOf(userId: string, trx?: Trx): Promise<boolean> {
		const demand = demandOf((await organization.get(trx)).settings);
		return demand === "administrators" ? isAdministrator(await parts.grantsOf(userId, trx)) : demand === "everybody";
	}

	async function status(userId: string): Promise<SecondFactorStatus> {
		const [factor, recoveryCodesLeft, required] = await Promise.all([
			factors.get(database.db, userId),
			factors.countRecoveryCodes(database.db, userId),
			isRequiredOf(userId),
		]);
		return { ...(factor?.confirmedAt ? { since: factor.confirmedAt } : {}), recoveryCodesLeft, required };
	}

	/**
	 * Offers a secret; the first code from it makes it the user's second factor. A new one each time: whoever asked before
	 * may have been somebody else.
	 * @throws ApiError 409 `second.factor.exists`
	 */
	async function offer(user: User): Promise<Enrolment> {
		const secret = newSecret();
		const sealed = seal(await keys.get("factor"), user.id, secret);
		await database.change(async (trx) => {
			await store.lock(trx, user.id);
			if ((await factors.get(trx, user.id))?.confirmedAt) throw exists();
			await factors.offer(trx, user.id, sealed);
		});
		return enrolment(user, secret);
	}

	/** What is offered already, to be shown again after a wrong code. @throws ApiError 409 where nothing is */
	async function offered(user: User): Promise<Enrolment> {
		const factor = await factors.get(database.db, user.id);
		if (factor?.confirmedAt) throw exists();
		if (!factor) throw notOffered();
		return enrolment(user, await unsealed(user.id, factor.sealedSecret));
	}

	async function enrolment(user: User, secret: string): Promise<Enrolment> {
		const { name } = await organization.get();
		return { secret, uri: enrolmentUri(secret, { issuer: name, account: user.username }) };
	}

	/**
	 * The first code of an offered secret. From then on it is asked for, and what was proven before without one counts no
	 * longer: whatever is open for the user ends, but for the session that asks (ASVS 7.4.3).
	 * @param from.keep hash of the token that asks, which stays
	 * @param from.codesOf what the recovery codes follow from, for a page that may have to show them again: see `shownAgain`
	 * @throws ApiError 409 `second.factor.exists` | `second.factor.not.offered`
	 */
	async function confirm(
		user: User,
		code: string,
		from: { address: string; keep?: string; codesOf?: string },
	): Promise<Confirmed | RefusedCode> {
		const factor = await factors.get(database.db, user.id);
		if (factor?.confirmedAt) throw exists();
		if (!factor) throw notOffered();
		const checked = await check(user, code, from);
		if (checked.kind !== "right") return checked;
		const recoveryCodes = from.codesOf ? await codesOf(user.id, from.codesOf) : newRecoveryCodes();
		const { version, afterCommit } = await database.change(async (trx) => {
			await store.lock(trx, user.id);
			await factors.confirm(trx, user.id, clock.now());
			await factors.replaceRecoveryCodes(trx, user.id, recoveryCodes.map(hashRecoveryCode));
			await events.append(trx, [secondFactorChanged(user.id, "added", { userId: user.id })]);
			const version = await credentialStore.outdate(trx, user.id);
			const ending = { actor: { userId: user.id }, ...(from.keep ? { keep: from.keep } : {}) };
			return { version, afterCommit: await parts.endSessions(trx, user.id, ending) };
		});
		afterCommit();
		return { kind: "confirmed", recoveryCodes, proof: { userId: user.id, version } };
	}

	async function codesOf(userId: string, seed: string): Promise<string[]> {
		return recoveryCodesFrom(await keys.get("factor"), `${userId} ${seed}`);
	}

	/**
	 * The page that has just shown the recovery codes of this seed is loaded again, before anybody has said that they are
	 * kept: the same once more, as long as nothing has changed since, and none of them was used.
	 * @param before what was proven when the factor was confirmed
	 */
	async function shownAgain(before: Proof, seed: string): Promise<Confirmed | undefined> {
		const { userId } = before;
		const [factor, credentials, kept, codes] = await Promise.all([
			factors.get(database.db, userId),
			credentialStore.get(database.db, userId),
			factors.recoveryCodes(database.db, userId),
			codesOf(userId, seed),
		]);
		const isSame = kept.length === codes.length && codes.every((code) => kept.includes(hashRecoveryCode(code)));
		// The confirmation alone has made the proof an old one.
		if (!factor?.confirmedAt || !isSame || credentials.version !== before.version + 1) return undefined;
		return { kind: "confirmed", recoveryCodes: codes, proof: { userId, version: credentials.version } };
	}

	/** Checks a code of the app or a recovery code, each of which is good once. Counted before it is looked at. */
	async function check(user: User, code: string, { address }: { address: string }): Promise<CodeCheck> {
		const counted = codeAttempt(user.id);
		const verdict = await brake.begin(counted);
		const asked = { userId: user.id, username: user.username, address };
		if (verdict.wait > 0) {
			await refusals.record({ reason: "braked", ...asked });
			return { kind: "wait", seconds: verdict.wait };
		}
		if (await use(user, code)) {
			await brake.succeeded(counted, verdict);
			return { kind: "right" };
		}
		await refusals.record({ reason: "wrong-code", ...asked });
		return { kind: "wrong" };
	}

	async function use(user: User, code: string): Promise<boolean> {
		if (looksLikeRecoveryCode(code)) return useRecoveryCode(user, code);
		const factor = await factors.get(database.db, user.id);
		if (!factor) return false;
		const step = stepOf(await unsealed(user.id, factor.sealedSecret), code, clock.now());
		return step !== undefined && (await factors.useStep(database.db, user.id, step));
	}

	async function useRecoveryCode(user: User, code: string): Promise<boolean> {
		return database.change(async (trx) => {
			if (!(await factors.useRecoveryCode(trx, user.id, hashRecoveryCode(code)))) return false;
			await events.append(trx, [recoveryCodeUsed(user.id, await factors.countRecoveryCodes(trx, user.id))]);
			return true;
		});
	}

	/** New recovery codes in place of the old ones. @throws ApiError 409 `second.factor.missing` */
	async function renewRecoveryCodes(userId: string, actor?: Actor): Promise<string[]> {
		const codes = newRecoveryCodes();
		await database.change(async (trx) => {
			await store.lock(trx, userId);
			if (!(await factors.get(trx, userId))?.confirmedAt) throw missing();
			await factors.replaceRecoveryCodes(trx, userId, codes.map(hashRecoveryCode));
			await events.append(trx, [secondFactorChanged(userId, "recoveryCodes", actor)]);
		});
		return codes;
	}

	/**
	 * Takes the factor away, an offered one too. What is open for the user ends, but for the session that asks: whoever
	 * finds a phone, or has lost one, must not be the second who is in.
	 * @param keep hash of the user's own token that asks
	 * @throws ApiError 403 `missing.division.permission` where whoever asks does not hold what the user holds
	 */
	async function remove(userId: string, by: Giver, keep?: string): Promise<void> {
		const actor = actorOfGiver(by);
		let afterCommit = () => {};
		await parts.changeRights(by, async (trx) => {
			await parts.requireHandOver(trx, by, userId);
			await store.lock(trx, userId);
			const factor = await factors.get(trx, userId);
			if (!factor) return;
			await factors.remove(trx, userId);
			await credentialStore.outdate(trx, userId);
			await events.append(trx, [secondFactorChanged(userId, "removed", actor)]);
			const ending = { ...(keep ? { keep } : {}), ...(actor ? { actor } : {}) };
			if (factor.confirmedAt) afterCommit = await parts.endSessions(trx, userId, ending);
		});
		afterCommit();
	}

	/** Asks for a code before something that weakens the sign-in. @throws ApiError 400 `invalid.code`, 429 */
	async function require(user: User, code: string, from: { address: string }): Promise<void> {
		if (!(await isEnrolled(user.id))) throw missing();
		const checked = await check(user, code, from);
		if (checked.kind !== "right") throw refuse(checked);
	}

	async function unsealed(userId: string, sealed: Buffer): Promise<string> {
		return unseal(await keys.get("factor"), userId, sealed);
	}

	return {
		/** Whom a demand would meet, told by names as far as `seen` reaches. */
		concerned: (of: (typeof demands)[number], seen: DivisionSet) =>
			concernedBy(of, database.db, parts.permissionsOf, seen),
		isEnrolled,
		isRequiredOf,
		status,
		offer,
		offered,
		confirm,
		shownAgain,
		check,
		require,
		renewRecoveryCodes,
		remove,
	};
}

/** 400 `invalid.code` or 429 `too.many.requests`. */
export function refuse(code: RefusedCode): ApiError {
	if (code.kind === "wrong") {
		return badField("code", "The code is not right, or was used before. Wait for the next one.", "invalid.code");
	}
	return new ApiError(429, "too.many.requests", "Too many wrong codes. Try again in {seconds} seconds.", {
		params: { seconds: String(code.seconds) },
		headers: { "retry-after": String(code.seconds) },
	});
}

function exists(): ApiError {
	return new ApiError(
		409,
		"second.factor.exists",
		"There is a second factor already. Remove it before adding another.",
	);
}

function notOffered(): ApiError {
	return new ApiError(409, "second.factor.not.offered", "Ask for a secret first; there is none to confirm.");
}

function missing(): ApiError {
	return new ApiError(409, "second.factor.missing", "There is no second factor yet.");
}
