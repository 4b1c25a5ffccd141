import type { Transcript } from "@inlay/contract";
import type { FrameworkLog, FrameworkSessionPort, FrameworkUiPort } from "../ports.ts";

/** What a port was asked for: the method's name and its argument. */
export type PortCall = [method: string, argument: unknown];

export interface FakePorts {
	session: FrameworkSessionPort;
	ui: FrameworkUiPort;
	log: FrameworkLog;
	/** Calls of the session port. */
	done: PortCall[];
	/** Calls of the ui port. */
	shown: PortCall[];
	logged: string[];
	/** Arguments of every ui call of this name. */
	of(method: string): unknown[];
}

export function fakePorts(transcript: Transcript = { messages: [] }): FakePorts {
	const done: PortCall[] = [];
	const shown: PortCall[] = [];
	const logged: string[] = [];
	const doing = (method: string) => async (argument: unknown) => {
		done.push([method, argument]);
	};
	const showing = (method: string) => (argument: unknown) => {
		shown.push([method, argument]);
	};
	return {
		done,
		shown,
		logged,
		of: (method) => shown.filter(([name]) => name === method).map(([, argument]) => argument),
		session: {
			startInteraction: doing("startInteraction"),
			updateStatus: async (request) => {
				done.push(["updateStatus", request]);
				return undefined;
			},
			control: doing("control"),
			setAttributes: async (interactionId, attributes) => {
				done.push(["setAttributes", { interactionId, attributes }]);
			},
			token: async () => "token-1",
			currentToken: () => "token-1",
			transcript: async (interactionId) => {
				done.push(["transcript", interactionId]);
				return transcript;
			},
			perform: async (name, data) => {
				done.push([name, data]);
				return { did: name };
			},
			conversation: async () => undefined,
		},
		ui: {
			setView: (view) => {
				shown.push(["setView", view]);
				return view !== "callback";
			},
			fillNewInteraction: showing("fillNewInteraction"),
			notify: showing("notify"),
			setAudioConfiguration: showing("setAudioConfiguration"),
			showTransferContexts: showing("showTransferContexts"),
			applyTheme: showing("applyTheme"),
			setLanguage: showing("setLanguage"),
			showProblems: showing("showProblems"),
			report: showing("report"),
			callLogSubject: (interaction) => `Call ${interaction.displayAddress ?? ""}`,
		},
		log: { info: (message) => logged.push(message), warn: (message) => logged.push(message) },
	};
}
