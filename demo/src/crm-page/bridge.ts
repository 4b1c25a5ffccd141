import type { CallLog, ContactSearchResult, Interaction, InteractionChange, StateAction } from "@inlay/contract";

/** What the panel's script tells the page (framework-contract 9). */
export interface PanelMessages {
	initialSetup: Record<string, never>;
	screenPop: { searchString: string; interaction: Interaction };
	processCallLog: { callLog: CallLog; interaction: Interaction; eventName: string };
	openCallLog: { callLog: CallLog; interaction?: Interaction };
	contactSearch: { searchString: string };
	interactionSubscription: { category: string; interaction: Interaction | InteractionChange | string | undefined };
	userActionSubscription: { category: string; data: unknown };
	notificationSubscription: { category: string; data: unknown };
	/** From the panel itself: the script was ended, and tells nothing any more. */
	"Inlay.scriptEnded": Record<string, never>;
}

/** What the page may ask of the panel. */
export interface PageMessages {
	clickToDial: { number: string; type: "call"; autoPlace: boolean; attributes?: Record<string, string> };
	addAssociation: { type: "contact"; id: string; text: string; select: boolean; interactionId?: string };
	updateUserStatus: { id: string };
	updateInteractionState: { action: StateAction; id: string };
	sendContactSearch: ContactSearchResult[];
	processCallLogCompleted: { interactionId: string; callLogId?: string };
}

export type PanelHandlers = {
	[Type in keyof PanelMessages]: (data: PanelMessages[Type]) => void;
};

/** The host's end of the bridge: JSON strings, to one frame, to and from one origin. */
export class PanelBridge {
	readonly #origin: string;
	readonly #frame: () => HTMLIFrameElement | null;

	/**
	 * @param panelUrl address of the panel; its origin is the only one spoken to
	 * @param frame the panel's frame, once it stands in the page
	 */
	constructor(panelUrl: string, frame: () => HTMLIFrameElement | null) {
		this.#origin = new URL(panelUrl).origin;
		this.#frame = frame;
	}

	/** @returns stops listening */
	listen(handlers: PanelHandlers): () => void {
		const receive = (event: MessageEvent<unknown>) => {
			if (event.origin !== this.#origin || event.source !== this.#frame()?.contentWindow) return;
			const message = readMessage(event.data);
			if (!message || !Object.hasOwn(handlers, message.type)) return;
			const handler = handlers[message.type as keyof PanelHandlers] as (data: unknown) => void;
			handler(message.data ?? {});
		};
		window.addEventListener("message", receive);
		return () => window.removeEventListener("message", receive);
	}

	send<Type extends keyof PageMessages>(type: Type, data: PageMessages[Type]): void {
		this.#frame()?.contentWindow?.postMessage(JSON.stringify({ type, data }), this.#origin);
	}
}

function readMessage(text: unknown): { type: string; data?: unknown } | undefined {
	if (typeof text !== "string") return undefined;
	try {
		const message = JSON.parse(text) as { type?: unknown; data?: unknown } | null;
		return typeof message?.type === "string" ? { type: message.type, data: message.data } : undefined;
	} catch {
		return undefined;
	}
}
