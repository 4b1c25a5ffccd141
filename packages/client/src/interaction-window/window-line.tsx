import { Button } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import type { LiveInteraction } from "../session/interaction.ts";
import { hasLostFocus } from "../shell/lost-focus.ts";
import type { Workspace } from "../shell/workspace.ts";
import { t } from "./strings.ts";

/** On the card, where its work is: the way to a window with room, or the way back from it. */
export function WindowLine({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const { window: shared } = workspace;
	const own = useRef<HTMLDivElement>(null);
	const isThere = shared.holds(call);
	const was = useRef(isThere);
	useEffect(() => {
		// What was pressed to bring it back has gone.
		if (was.current !== isThere && hasLostFocus()) own.current?.querySelector("button")?.focus();
		was.current = isThere;
	}, [isThere]);
	return (
		<div ref={own} class="ui-row window-line" data-window-line={isThere ? "there" : "here"}>
			<span class="ui-hint ui-grow">{isThere ? t("isThere") : ""}</span>
			{isThere && (
				<Button size="small" kind="quiet" data-show-window onClick={() => shared.open(call.id)}>
					{t("show")}
				</Button>
			)}
			{isThere ? (
				<Button size="small" data-bring-back onClick={() => shared.bringBack()}>
					{t("bringBack")}
				</Button>
			) : (
				<Button size="small" kind="quiet" icon="open" data-open-window onClick={() => shared.open(call.id)}>
					{t("open")}
				</Button>
			)}
		</div>
	);
}
