import {
	checkAllow,
	checkAutoplay,
	checkClock,
	checkMicrophone,
	checkNetwork,
	checkPopups,
	checkSpeaker,
	checkStorage,
	type Outcome,
	type PartName,
	type SelfFinding,
	type TestPage,
} from "./checks.ts";
import { checkMedia, checkSocket } from "./connections.ts";

/**
 * Runs all checks, those that wait for something beside each other.
 * @param done hears each outcome as it is there
 */
export async function runTests(
	page: TestPage,
	done: (part: PartName, outcome: Outcome) => void,
): Promise<SelfFinding[]> {
	const found: SelfFinding[] = [];
	const tell = async (part: PartName, asked: Promise<Outcome> | Outcome) => {
		// What the browser throws at a question is no fault of its people.
		const outcome = await Promise.resolve(asked).catch((): Outcome => "unknown");
		if (typeof outcome === "object") found.push(outcome);
		done(part, outcome);
		return outcome;
	};
	await Promise.all([
		tell("microphone", checkMicrophone(page)).then(() => tell("speaker", checkSpeaker(page))),
		tell("popups", checkPopups(page)),
		tell("storage", checkStorage(page)),
		tell("autoplay", checkAutoplay(page)),
		tell("allow", checkAllow(page)),
		tell("socket", checkSocket(page)).then((socket) => tell("network", checkNetwork(page, socket))),
		tell("media", checkMedia(page)),
		tell("clock", checkClock(page, Date.now())),
	]);
	return found;
}
