import { randomBytes, randomUUID } from "node:crypto";
import { renderSVG } from "uqr";
import type { Kernel } from "../kernel/domain.ts";
import { Answer } from "../kernel/http/route.ts";
import type { User } from "../users/model.ts";
import { passwordRequirementsOf } from "../users/organization-settings.ts";
import { looksLikeRecoveryCode } from "../users/second-factor/recovery-codes.ts";
import type { Confirmed } from "../users/second-factor/second-factor.ts";
import type { Device } from "../users/sign-in/devices.ts";
import type { Proof, SignInRefusal } from "../users/sign-in/sign-in.ts";
import type { Users } from "../users/users.ts";
import { type AuthorizeRequest, authorizeQuery } from "./authorize-request.ts";
import { deviceCookie } from "./device-cookie.ts";
import type { OAuthClient } from "./model.ts";
import type { StepPage } from "./page/frame.ts";
import { codePage, enrolPage, type LaterPage, passwordPage, recoveryCodesPage } from "./page/step-pages.ts";
import { fill, type SignInStrings, spokenTime } from "./page/strings.ts";
import { problemTexts, requirementTexts } from "./password-texts.ts";
import { postgresTokenStore } from "./store.ts";
import type { Progress, Tickets, Vouching } from "./ticket.ts";

/** One request of a sign-in: for whom, from where, and how to talk to the person. */
export interface SignInVisit {
	strings: SignInStrings;
	client: OAuthClient;
	request: AuthorizeRequest;
	address: string;
	/** The page was opened under this server's configured address, not another name that leads here. */
	ownAddress: boolean;
	/** Host to which the sign-in leads, when it is neither this server's nor the panel's. */
	returnsTo?: string;
	device: Device | undefined;
	/** The cookie of the browser's sign-in session, whoever it is of. */
	session: string | undefined;
}

/** What the steps ask of the pages around them. */
export interface StepPorts {
	/** The first page, saying why it begins anew. */
	startAgain(visit: SignInVisit, problem: string, userId: string): Promise<Answer>;
	/** Back to the client with what it gets, in one change; undefined when the proof was outdated, or had let in before. */
	goBack(visit: SignInVisit, progress: Progress, device: Device | undefined): Promise<Answer | undefined>;
	headers(visit: SignInVisit): Promise<Record<string, string>>;
}

type Step = "code" | "newPassword" | "enrol" | "done";

/** A step that was not taken, with what to say about it. */
interface Refused {
	problem: string;
	status: number;
	/** Seconds. */
	retryAfter?: number;
}

/**
 * The steps after the password: second factor, new password, setting a second factor up. Which step comes next is read off
 * the user each time, so nobody skips one by sending another form.
 */
export function createSignInSteps(kernel: Kernel, deps: { users: Users; tickets: Tickets; ports: StepPorts }) {
	const { users, tickets, ports } = deps;
	const { signIn, passwords, secondFactor, devices } = users.authentication;

	/** The first step after the password. */
	function begin(visit: SignInVisit, proof: Proof, { demo = false }: { demo?: boolean } = {}): Promise<Answer> {
		return goOn(visit, { id: randomUUID(), proof, secondFactor: false, demo });
	}

	/** An identity provider vouches for somebody: what it has asked of them is its own, and nothing is asked here (decision 56). */
	function vouched(visit: SignInVisit, proof: Proof, vouching: Vouching): Promise<Answer> {
		return goOn(visit, { id: vouching.id, proof, secondFactor: false, demo: false, vouching });
	}

	/** Takes the step that a form is about, if it is still the next one. */
	async function take(
		visit: SignInVisit,
		progress: Progress,
		fields: { code: string; newPassword: string },
	): Promise<Answer> {
		const problem = await overBecause(visit, progress);
		if (problem) return (await codesAgain(visit, progress)) ?? ports.startAgain(visit, problem, progress.proof.userId);
		const user = await users.get(progress.proof.userId);
		switch (await nextStep(progress)) {
			case "code":
				return takeCode(visit, progress, user, fields.code);
			case "newPassword":
				return takePassword(visit, progress, user, fields.newPassword);
			case "enrol":
				return takeEnrolment(visit, progress, user, fields.code);
			case "done":
				return goOn(visit, progress);
		}
	}

	/** Shows once more where a sign-in stands that was interrupted. */
	async function resume(visit: SignInVisit, progress: Progress): Promise<Answer> {
		const problem = await overBecause(visit, progress);
		if (!problem) return goOn(visit, progress);
		return (await codesAgain(visit, progress)) ?? ports.startAgain(visit, problem, progress.proof.userId);
	}

	/** The page with the recovery codes is loaded again, before its button was pressed: a browser sends the form before it. */
	async function codesAgain(visit: SignInVisit, progress: Progress): Promise<Answer | undefined> {
		const { id, proof, codesOf } = progress;
		if (!codesOf || (await postgresTokenStore.hasSignedIn(kernel.database.db, id))) return undefined;
		const confirmed = await secondFactor.shownAgain(proof, codesOf);
		return confirmed && showCodes(visit, progress, confirmed);
	}

	async function showCodes(
		visit: SignInVisit,
		progress: Progress,
		{ recoveryCodes, proof }: Confirmed,
	): Promise<Answer> {
		const { codesOf: _shown, ...rest } = progress;
		const page = await laterPage(visit, { ...rest, proof, secondFactor: true });
		return answer(visit, recoveryCodesPage({ ...page, codes: recoveryCodes }));
	}

	/** Why no step of a sign-in is taken any more; undefined while it goes on. */
	async function overBecause({ strings }: SignInVisit, { id, proof }: Progress): Promise<string | undefined> {
		return kernel.database.change(async (trx) => {
			if (await postgresTokenStore.hasSignedIn(trx, id)) return strings.usedForm;
			return (await signIn.stillCounts(trx, proof)) ? undefined : strings.outdated;
		});
	}

	/** The next step's page, or back to the client when none is left. */
	async function goOn(visit: SignInVisit, progress: Progress): Promise<Answer> {
		const step = await nextStep(progress);
		if (step !== "done") return show(visit, progress, await users.get(progress.proof.userId), step);
		// One click in the demo proves nothing that a device could be known by; and at a provider no password was typed.
		const isKnown = progress.demo || progress.vouching;
		const device = isKnown ? undefined : (visit.device ?? (await devices.make()));
		const answer = await ports.goBack(visit, progress, device);
		if (!answer) return ports.startAgain(visit, visit.strings.outdated, progress.proof.userId);
		signIn.completed(progress.proof.userId);
		if (!device) return answer;
		const cookies = [answer.headers["set-cookie"] ?? [], deviceCookie(device.cookie)].flat();
		return new Answer(answer.status, answer.body, { ...answer.headers, "set-cookie": cookies });
	}

	async function nextStep({ proof, secondFactor: proven, demo, vouching }: Progress): Promise<Step> {
		if (vouching) return "done";
		const { userId } = proof;
		const enrolled = await secondFactor.isEnrolled(userId);
		if (enrolled && !proven) return "code";
		if (!demo && (await passwords.mustChange(userId))) return "newPassword";
		return !enrolled && (await secondFactor.isRequiredOf(userId)) ? "enrol" : "done";
	}

	async function takeCode(visit: SignInVisit, progress: Progress, user: User, code: string): Promise<Answer> {
		const outcome = await secondFactor.check(user, code, { address: visit.address });
		if (outcome.kind === "right") return goOn(visit, { ...progress, secondFactor: true });
		return show(visit, progress, user, "code", refused(visit, outcome), looksLikeRecoveryCode(code));
	}

	async function takePassword(visit: SignInVisit, progress: Progress, user: User, password: string): Promise<Answer> {
		const outcome = await passwords.choose(progress.proof, password);
		if (outcome === undefined) return ports.startAgain(visit, visit.strings.outdated, progress.proof.userId);
		if (!Array.isArray(outcome)) return goOn(visit, { ...progress, proof: outcome });
		const problem = problemTexts(visit.strings, outcome);
		return show(visit, progress, user, "newPassword", { problem, status: 400 });
	}

	async function takeEnrolment(visit: SignInVisit, progress: Progress, user: User, code: string): Promise<Answer> {
		const { codesOf } = progress;
		const from = { address: visit.address, ...(codesOf ? { codesOf } : {}) };
		const outcome = await secondFactor.confirm(user, code, from);
		if (outcome.kind !== "confirmed") return show(visit, progress, user, "enrol", refused(visit, outcome));
		return showCodes(visit, progress, outcome);
	}

	async function show(
		visit: SignInVisit,
		progress: Progress,
		user: User,
		step: Exclude<Step, "done">,
		why?: Refused,
		recovery = false,
	): Promise<Answer> {
		const isNew = step === "enrol" && !progress.codesOf;
		const after = isNew ? { ...progress, codesOf: randomBytes(32).toString("base64url") } : progress;
		const page = { ...(await laterPage(visit, after)), ...(why ? { problem: why.problem } : {}) };
		return answer(visit, await htmlOf(visit, page, user, step, { repeated: why !== undefined, recovery }), why);
	}

	async function htmlOf(
		{ strings }: SignInVisit,
		page: LaterPage,
		user: User,
		step: Exclude<Step, "done">,
		{ repeated, recovery }: { repeated: boolean; recovery: boolean },
	): Promise<string> {
		if (step === "code") return codePage({ ...page, recovery });
		if (step === "newPassword") {
			const { settings } = await users.organization.get();
			const requirements = requirementTexts(strings, passwordRequirementsOf(settings));
			return passwordPage({ ...page, username: user.username, requirements });
		}
		// After a wrong code the app that has read the picture must do.
		const { secret, uri } = repeated ? await secondFactor.offered(user) : await secondFactor.offer(user);
		return enrolPage({ ...page, secret, picture: renderSVG(uri, { border: 2 }) });
	}

	async function laterPage(visit: SignInVisit, progress: Progress): Promise<LaterPage> {
		const { request } = visit;
		const ticket = await tickets.make({ request, progress });
		return { ...aboutVisit(visit), ticket, startAgain: startAddress(request) };
	}

	async function answer(visit: SignInVisit, html: string, why?: Refused): Promise<Answer> {
		const headers = await ports.headers(visit);
		const retry = retryHeaders(why?.retryAfter);
		return new Answer(why?.status ?? 200, html, { ...headers, ...retry });
	}

	return { begin, vouched, take, resume };
}

/** What every page of a sign-in says of it: for which client, and where it leads. */
export function aboutVisit({ strings, client, returnsTo }: SignInVisit): Omit<StepPage, "ticket"> {
	return { strings, clientName: client.name, ...(returnsTo ? { returnsTo } : {}) };
}

/** What to say about a refused name and password, or code. */
export function refused(
	{ strings }: SignInVisit,
	outcome: SignInRefusal | { kind: "wrong" } | { kind: "wait"; seconds: number },
): Refused {
	switch (outcome.kind) {
		case "wrong":
			return { problem: strings.wrongCode, status: 403 };
		case "refused":
			return { problem: strings.wrong, status: 403 };
		case "address":
			return { problem: strings.address, status: 403 };
		default: {
			const text = outcome.kind === "wait" ? strings.wait : strings.crowded;
			const problem = fill(text, { time: spokenTime(outcome.seconds, strings.language) });
			return { problem, status: outcome.kind === "wait" ? 429 : 503, retryAfter: outcome.seconds };
		}
	}
}

/** @param seconds until trying again makes sense */
export function retryHeaders(seconds: number | undefined): Record<string, string> {
	return seconds === undefined ? {} : { "retry-after": String(seconds) };
}

/** Where somebody else can begin. */
function startAddress(request: AuthorizeRequest): string {
	const { loginHint: _who, ...anybody } = request;
	return `authorize?${authorizeQuery(anybody, { prompt: "login" })}`;
}
