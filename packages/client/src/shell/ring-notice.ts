import { effect } from "@preact/signals";
import { soundPlace } from "../phone/place.ts";
import { isWritten, type LiveInteraction } from "../session/interaction.ts";
import { t } from "./phone-window-strings.ts";
import type { Workspace } from "./workspace.ts";

const ringingIcon =
	"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E%3Ccircle cx='20' cy='20' r='20' fill='%231a7f45'/%3E%3Cpath d='M12 13c0 9 6 15 15 15l3-5-6-3-2 2c-3-1-4-3-5-5l2-2-3-6z' fill='%23fff'/%3E%3C/svg%3E";
const writingIcon =
	"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E%3Ccircle cx='20' cy='20' r='20' fill='%231a7f45'/%3E%3Cpath d='M11 12h18v13H18l-4 4v-4h-3z' fill='%23fff'/%3E%3C/svg%3E";
const wishKey = "inlay.ring-notices";

/** Whether the agent wants to be told on the desktop. */
export function wantsNotices(storage: Storage | undefined = place()?.localStorage): boolean {
	return storage?.getItem(wishKey) === "yes";
}

/** The agent wants to be told, and the browser, asked or set since, refuses it. */
export function areNoticesRefused(): boolean {
	return wantsNotices() && place()?.Notification?.permission === "denied";
}

/**
 * The panel is in a page of another origin, and its phone with it: browsers let no such frame ask for notices or show them,
 * whatever `allow` says. Only the phone's own window can.
 */
export function cannotNotifyHere(): boolean {
	return window.top !== window && soundPlace.value === globalThis;
}

/**
 * Asks the browser, from a click. Browsers let only pages that are on top of their window ask, so it is asked in the
 * phone's window where that is open. Resolves false where notices are refused.
 */
export async function allowNotices(wanted: boolean): Promise<boolean> {
	const asking = place();
	if (!wanted) asking?.localStorage.removeItem(wishKey);
	if (!wanted || !asking || !("Notification" in asking)) return !wanted;
	const isGranted = (await asking.Notification.requestPermission().catch(() => "denied")) === "granted";
	if (isGranted) asking.localStorage.setItem(wishKey, "yes");
	return isGranted;
}

/** Tells of a ring where people look: on the desktop, and in title and icon of every window that is the panel's own. */
export function followRings(workspace: Workspace): () => void {
	let notice: Notification | undefined;
	return effect(() => {
		const ringing = workspace.alerting.value;
		const restore = ringing && workspace.session.desk.lead.here.value ? tell(workspace, ringing) : undefined;
		return () => {
			restore?.();
			notice?.close();
		};
	});

	function tell(where: Workspace, ringing: LiveInteraction): () => void {
		const isMessage = isWritten(ringing);
		const text = t(isMessage ? "writes" : "rings", { name: where.nameOf(ringing) });
		const restore = ownDocuments().map((each) => mark(each, text, isMessage ? writingIcon : ringingIcon));
		notice = show(where, ringing, text);
		return () => {
			for (const one of restore) one();
		};
	}
}

function show(workspace: Workspace, ringing: LiveInteraction, text: string): Notification | undefined {
	const shown = place();
	if (!shown || !wantsNotices() || shown.Notification?.permission !== "granted") return undefined;
	try {
		const notice = new shown.Notification(text, {
			body: workspace.ui.queueName(ringing),
			tag: ringing.id,
			requireInteraction: true,
		});
		notice.onclick = () => {
			(shown as unknown as Window).focus();
			workspace.selectedId.value = ringing.id;
			workspace.view.value = "interactions";
		};
		return notice;
	} catch {
		// Some mobile browsers have notices of service workers only.
		return undefined;
	}
}

/** The page's storage may be blocked in a frame. */
function place(): typeof globalThis | undefined {
	try {
		return soundPlace.peek().localStorage ? soundPlace.peek() : undefined;
	} catch {
		return undefined;
	}
}

function ownDocuments(): Document[] {
	const own = window.top === window ? [document] : [];
	const other = soundPlace.value.document;
	return other && other !== document ? [...own, other] : own;
}

/** Gives the way back. */
function mark(page: Document, text: string, shown: string): () => void {
	const { title } = page;
	const icon = page.createElement("link");
	icon.rel = "icon";
	icon.href = shown;
	const others = [...page.querySelectorAll<HTMLLinkElement>('link[rel="icon"]')];
	for (const other of others) other.remove();
	page.head.append(icon);
	page.title = text;
	return () => {
		icon.remove();
		page.head.append(...others);
		page.title = title;
	};
}
