import type { DeskEntryView, DeskLeaderView, DeskView } from "@inlay/contract";
import type { ApiClient } from "../session/api.ts";
import { outliving } from "../session/page-goes.ts";

/** What a panel asks the server about the agent's desk. All reject with ApiError. */
export interface DeskApi {
	read(): Promise<DeskView>;
	entry(conversationId: string, section: string): Promise<DeskEntryView>;
	/** Refused with 409 where another panel wrote meanwhile. Outlives the page. */
	write(conversationId: string, section: string, body: DeskWriteBody): Promise<DeskEntryView>;
	/** Whether this page is the first that does something of which there is one per occasion. Outlives the page. */
	claim(conversationId: string, section: string, by: { panelId: string; occasion: string }): Promise<boolean>;
	/** The agent has looked at their missed calls. */
	seeCalls(): Promise<void>;
	lead(asked: { panelId: string; channelId: string; takeOver: boolean }): Promise<DeskLeaderView>;
	/**
	 * This panel goes. Outlives the page.
	 * @param page `mayReturn`: it may be loading anew as the same panel; `closed`: it ends, or returns as another
	 */
	leave(panelId: string, page?: "mayReturn" | "closed"): Promise<void>;
}

export interface DeskWriteBody {
	panelId: string;
	version: number;
	value: unknown;
}

const base = "/inlay/desk";

export function deskApi(api: ApiClient): DeskApi {
	const of = (conversationId: string, section: string) =>
		`${base}/conversations/${encodeURIComponent(conversationId)}/${section}`;
	return {
		read: () => api.get(base),
		entry: (conversationId, section) => api.get(of(conversationId, section)),
		write: (conversationId, section, body) => api.request("PUT", of(conversationId, section), body, outliving(body)),
		claim: async (conversationId, section, by) => {
			const path = `${of(conversationId, section)}/claim`;
			return (await api.request<{ first: boolean }>("POST", path, by, { keepalive: true })).first;
		},
		seeCalls: () => api.post(`${base}/callsseen`),
		lead: async (asked) => (await api.post<{ leader: DeskLeaderView }>(`${base}/lead`, asked)).leader,
		leave: (panelId, page) =>
			api.request("DELETE", `${base}/lead/${panelId}${page ? `?${page}=true` : ""}`, undefined, {
				keepalive: true,
			}),
	};
}
