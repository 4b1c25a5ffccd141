import type { CallLog, Interaction } from "@inlay/contract";
import { signal } from "@preact/signals";
import type { Contact } from "../crm/model.ts";
import { isSameNumber, phoneText } from "../crm/phone-numbers.ts";
import type { CallLogInput, ContactInput } from "../crm/store.ts";
import { PanelBridge } from "./bridge.ts";
import { callRecord } from "./call-record.ts";
import { callerOf, emailOf } from "./caller.ts";
import { CrmError, crm } from "./crm-client.ts";
import { LiveCalls } from "./live-calls.ts";
import { lookAgainMs } from "./look-again.ts";
import { noticesOf, noticeText } from "./notices.ts";
import { goTo, type Place, place, placeHash } from "./place.ts";
import { mayPop } from "./pop-rule.ts";
import { strings } from "./strings.ts";

export interface PopNotice {
	interactionId: string;
	/** What "Open" shows. */
	to: Place;
	text: string;
}

interface Dialled {
	number: string;
	contact?: Contact | undefined;
	at: number;
}

/** A call that begins later than this after a click is another one, ms. */
const dialWithinMs = 15_000;
/** A call that is dialled later than this would come as a surprise, ms. */
const patienceMs = 120_000;

/** How the page joins the panel and the CRM's data: what each message of the panel means here. */
export class Workplace {
	readonly calls = new LiveCalls();
	/** System presence as the panel reports it; undefined while nobody is signed in. */
	readonly status = signal<string | undefined>(undefined);
	/** A call was not taken, and new ones go to others: the bar says the same as the panel. */
	readonly notResponding = signal(false);
	/** Grows when contacts or activities have changed, so that what is shown is read anew. */
	readonly revision = signal(0);
	readonly problem = signal<string | undefined>(undefined);
	/** A ring that must not change what is shown; the agent may open it. */
	readonly notice = signal<PopNotice | undefined>(undefined);
	/** What has been typed into forms and not saved, by the hash of their place: leaving a form loses nothing. */
	readonly drafts = new Map<string, ContactInput>();
	/** A number that was clicked before anybody had signed in. */
	readonly waitingCall = signal<Dialled | undefined>(undefined);
	#dialled: Dialled | undefined;
	#looking = false;
	/** By interaction. */
	readonly #called = signal<ReadonlyMap<string, Dialled>>(new Map());
	readonly #bridge: PanelBridge;
	/** One save after the other: a later log must not be overtaken by an earlier one. */
	#saving: Promise<unknown> = Promise.resolve();
	/** Who is signed in at the panel. */
	#agentId: string | undefined;

	constructor(panelUrl: string, frame: () => HTMLIFrameElement | null) {
		this.#bridge = new PanelBridge(panelUrl, frame);
		this.#bridge.listen({
			// Of a panel that runs its script again, too.
			initialSetup: () => {
				if (this.problem.value === strings.scriptEnded) this.problem.value = undefined;
			},
			screenPop: ({ searchString, interaction }) => this.#attempt(() => this.#pop(searchString, interaction)),
			processCallLog: ({ callLog, interaction }) => this.#saveLog(callLog, interaction),
			openCallLog: ({ callLog, interaction }) => this.#attempt(() => this.#openLog(callLog, interaction)),
			contactSearch: ({ searchString }) => this.#attempt(() => this.#search(searchString)),
			interactionSubscription: ({ category, interaction }) => {
				this.calls.report(category, interaction);
				if (category === "add") this.#begun(interaction as Interaction);
				this.#forgetNotice(category);
			},
			userActionSubscription: ({ category, data }) => this.#userAction(category, data),
			notificationSubscription: ({ category, data }) => {
				if (category === "interactionSelection")
					this.calls.select((data as { interactionId?: string } | undefined)?.interactionId || undefined);
				// What was asked for and not done must not look done.
				if (category === "actionRefused") this.#refused(data as { action: string; message: string });
			},
			"Inlay.scriptEnded": () => {
				this.calls.clear();
				this.notice.value = undefined;
				this.problem.value = strings.scriptEnded;
			},
		});
	}

	/** Calls a number for the agent. Before they have signed in it waits, in words. */
	dial(number: string, contact?: Contact): void {
		if (this.status.value === undefined) this.waitingCall.value = { number, contact, at: Date.now() };
		else this.#dial(number, contact);
	}

	/** Who is called, where the agent has clicked on one of several who share the number; and with which extension. */
	calledBy({ id }: Pick<Interaction, "id">): { name: string; number: string } | undefined {
		const called = this.#called.value.get(id);
		return called?.contact && { name: called.contact.name, number: called.number };
	}

	#dial(number: string, contact?: Contact): void {
		this.#dialled = { number, contact, at: Date.now() };
		const attributes = contact ? { crm_contact: contact.name } : undefined;
		this.#bridge.send("clickToDial", { number, type: "call", autoPlace: true, attributes });
	}

	/** The contact that was clicked is who is called, whoever else has the number. */
	#begun(call: Interaction): void {
		const dialled = this.#dialled;
		if (!dialled?.contact || call.direction !== "Outbound" || Date.now() - dialled.at > dialWithinMs) return;
		if (!isSameNumber(dialled.number, callerOf(call).number)) return;
		this.#dialled = undefined;
		this.#called.value = new Map(this.#called.peek()).set(call.id, dialled);
		this.associate(dialled.contact, call);
	}

	#signedIn(): void {
		const waiting = this.waitingCall.value;
		this.waitingCall.value = undefined;
		if (waiting && Date.now() - waiting.at < patienceMs) this.#dial(waiting.number, waiting.contact);
	}

	setStatus(id: string): void {
		this.#bridge.send("updateUserStatus", { id });
	}

	control(action: "pickup" | "disconnect" | "hold" | "mute", call: Interaction): void {
		this.#bridge.send("updateInteractionState", { action, id: call.id });
	}

	/** Shows whose it is, whatever is open: the agent has asked. */
	open(call: Interaction): void {
		this.#attempt(() => this.#pop(undefined, call, true));
	}

	/** Makes a contact the Name of a call's log. */
	associate(contact: Contact, call: Interaction | string): void {
		const interactionId = typeof call === "string" ? call : call.id;
		this.#bridge.send("addAssociation", {
			type: "contact",
			id: contact.id,
			text: contact.name,
			select: true,
			interactionId,
		});
	}

	changed(): void {
		this.revision.value++;
	}

	/** Opens the caller's contact, or the form for a new one. A colleague is no customer: the bar shows the call. */
	async #pop(searchString: string | undefined, interaction: Interaction, isAsked = false): Promise<void> {
		if (interaction.isInternal) return;
		const show = (to: Place, who: string) => (isAsked ? goTo(to) : this.#popTo(to, who, interaction));
		const { number, name } = callerOf(interaction, searchString);
		const email = emailOf(interaction);
		const contact = number ? await crm.byNumber(number) : email ? await crm.byEmail(email) : undefined;
		const who = contact?.name || name || phoneText(number) || email || strings.unknownCaller;
		const given = { name: name === email ? "" : name, phone: number, email: email || undefined };
		if (!contact) return show({ kind: "new", ...given, interactionId: interaction.id }, who);
		show({ kind: "contact", id: contact.id }, who);
		this.associate(contact, interaction);
	}

	#popTo(to: Place, who: string, interaction: Interaction): void {
		const interactionId = interaction.id;
		const shown = placeHash(place.value);
		if (shown === placeHash(to)) return;
		const hasDraft = this.drafts.has(shown);
		const hasOtherCall = this.calls.hasOther(interactionId);
		if (mayPop(place.value, { hasDraft, hasOtherCall })) {
			goTo(to);
			return;
		}
		const [plain, kept] = noticesOf(interaction);
		const text = noticeText(hasDraft ? kept : plain, who);
		this.notice.value = { interactionId, to, text };
	}

	/** A notice is of no use once its call is done. */
	#forgetNotice(category: string): void {
		const id = this.notice.value?.interactionId;
		if (category !== "deallocate" && category !== "acw") return;
		if (!this.calls.all.value.some((call) => call.id === id)) this.notice.value = undefined;
	}

	#saveLog(callLog: CallLog, interaction: Interaction): void {
		this.#saving = this.#saving.then(async () => {
			try {
				const saved = await crm.saveCallLog(interaction.id, await this.#record(callLog, interaction));
				this.#bridge.send("processCallLogCompleted", { interactionId: interaction.id, callLogId: saved.id });
				this.changed();
			} catch (error) {
				this.#bridge.send("processCallLogCompleted", { interactionId: interaction.id });
				this.#report(error);
			}
		});
	}

	#record(callLog: CallLog, interaction: Interaction): Promise<CallLogInput> {
		const number = this.calledBy(interaction)?.number;
		return callRecord(callLog, interaction, { byNumber: crm.byNumber, agentId: this.#agentId, number });
	}

	async #openLog(callLog: CallLog, interaction: Interaction | undefined): Promise<void> {
		if (callLog.id === undefined) {
			if (interaction) await this.#pop(undefined, interaction, true);
			return;
		}
		const activity = await crm.activity(String(callLog.id));
		if (activity.contactId) goTo({ kind: "contact", id: activity.contactId, activityId: activity.id });
	}

	async #search(searchString: string): Promise<void> {
		const contacts = await crm.contacts(searchString).catch((): Contact[] => []);
		this.#bridge.send(
			"sendContactSearch",
			contacts
				.filter(({ phones }) => phones.length > 0)
				.map(({ name, phones }) => ({ type: "external", name, phone: phones, attributes: { crm_contact: name } })),
		);
	}

	#userAction(category: string, data: unknown): void {
		if (category === "login") this.#agentId = (data as { userId?: string } | undefined)?.userId;
		if (category === "status") {
			this.status.value = (data as { status?: string } | undefined)?.status;
			if (this.status.value !== undefined) this.#signedIn();
		}
		if (category === "routingStatus") this.notResponding.value = data === "NOT_RESPONDING";
		if (category !== "logout") return;
		this.notResponding.value = false;
		this.status.value = undefined;
		this.notice.value = undefined;
		this.calls.clear();
	}

	#attempt(task: () => Promise<void>): void {
		task().catch((error: unknown) => this.#report(error));
	}

	#refused({ action, message }: { action: string; message: string }): void {
		this.problem.value = `${strings.notDone} (${action}) ${message}`;
	}

	#report(error: unknown): void {
		const sentence = error instanceof CrmError ? error.message : "Something went wrong in this page.";
		this.problem.value = sentence;
		if (error instanceof CrmError && error.isAway) void this.#untilBack(sentence);
	}

	/** What said that the server is away goes when it is back, and the page reads anew what it could not. */
	async #untilBack(sentence: string): Promise<void> {
		if (this.#looking) return;
		this.#looking = true;
		do await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
		while (
			!(await crm.contacts("").then(
				() => true,
				() => false,
			))
		);
		this.#looking = false;
		if (this.problem.value === sentence) this.problem.value = undefined;
		this.changed();
	}
}
