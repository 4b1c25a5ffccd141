import { soundPlace } from "./place.ts";

const here = () => soundPlace.peek();

/** Why there is no microphone, as far as the browser tells. */
export type MicrophoneProblem = "refused" | "policy" | "no-device" | "busy" | "insecure" | "silenced" | "unknown";

/** Trouble that will still be there when the next call comes, so that none should. */
const lastingProblems: ReadonlySet<MicrophoneProblem | undefined> = new Set([
	"refused",
	"policy",
	"no-device",
	"insecure",
] as const);

/** Whether a call that comes now could be answered with a voice. */
export function couldAnswer(problem: MicrophoneProblem | undefined): boolean {
	return !lastingProblems.has(problem);
}

/** A microphone that did not open. */
export class MicrophoneError extends Error {
	readonly problem: MicrophoneProblem;

	constructor(problem: MicrophoneProblem) {
		super(`microphone: ${problem}`);
		this.problem = problem;
	}
}

/** False when the page that embeds the panel did not pass the microphone on with `allow="microphone"`. */
export function policyAllowsMicrophone(): boolean {
	const policy = (here().document as unknown as { featurePolicy?: { allowsFeature(name: string): boolean } })
		.featurePolicy;
	return policy?.allowsFeature("microphone") ?? true;
}

/**
 * Opens the chosen microphone, or the default one when the chosen one has been unplugged.
 * Rejects with MicrophoneError.
 */
export async function openMicrophone(deviceId: string | undefined): Promise<MediaStream> {
	if (!here().navigator.mediaDevices) throw new MicrophoneError("insecure");
	try {
		return await here().navigator.mediaDevices.getUserMedia({ audio: constraints(deviceId) });
	} catch (error) {
		// Another window's errors are not of this one's classes.
		const name = (error as { name?: string } | undefined)?.name ?? "";
		if (deviceId && (name === "OverconstrainedError" || name === "NotFoundError")) return openMicrophone(undefined);
		const problem = problemOf(name);
		// Whoever may not open a microphone is not told of any either.
		const isHidden = problem === "no-device" && (await microphonePermission())?.state === "denied";
		throw new MicrophoneError(isHidden ? "refused" : problem);
	}
}

function constraints(deviceId: string | undefined): MediaTrackConstraints {
	const cleaning = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
	return deviceId ? { ...cleaning, deviceId: { exact: deviceId } } : cleaning;
}

function problemOf(name: string): MicrophoneProblem {
	if (name === "NotAllowedError" || name === "SecurityError") return policyAllowsMicrophone() ? "refused" : "policy";
	if (name === "NotFoundError" || name === "OverconstrainedError") return "no-device";
	return name === "NotReadableError" || name === "AbortError" ? "busy" : "unknown";
}

/** Ids of the microphones that there are. */
async function listMicrophones(): Promise<string[]> {
	const devices =
		(await here()
			.navigator.mediaDevices?.enumerateDevices()
			.catch(() => [])) ?? [];
	return devices.filter((one) => one.kind === "audioinput" && one.deviceId !== "").map((one) => one.deviceId);
}

/** The machine's microphones. */
export const microphones = { open: openMicrophone, list: listMicrophones };

/** The state of the permission; undefined where the browser does not tell. */
export async function microphonePermission(): Promise<PermissionStatus | undefined> {
	return here()
		.navigator.permissions?.query({ name: "microphone" as PermissionName })
		.catch(() => undefined);
}

/** Looks for trouble before a call rings, without asking for permission. */
export async function foreseeProblem(): Promise<MicrophoneProblem | undefined> {
	if (!here().navigator.mediaDevices) return "insecure";
	if (!policyAllowsMicrophone()) return "policy";
	if ((await microphonePermission())?.state === "denied") return "refused";
	const devices = await here()
		.navigator.mediaDevices.enumerateDevices()
		.catch(() => undefined);
	return devices && !devices.some((device) => device.kind === "audioinput") ? "no-device" : undefined;
}
