import { Button } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import type { ComposerModel } from "./composer-model.ts";
import { t } from "./strings.ts";

/** Files that were meant to go along and do not: beside the text that speaks of them, until the agent has dealt with them. */
export function NotAttached({ model }: { model: ComposerModel }) {
	const own = useRef<HTMLDivElement>(null);
	const missing = model.notAttached.value;
	const isAsking = model.isAsking.value;
	useEffect(() => {
		own.current?.scrollIntoView({ block: "nearest" });
		if (isAsking) own.current?.querySelector("button")?.focus();
	}, [missing, isAsking]);
	if (!missing) return null;
	const names = missing.names.join(", ");
	return (
		<div ref={own} class="mail-not-attached ui-stack" role="alert" data-not-attached>
			<p class="ui-error">
				{t("notAttached", { names })}
				<br />
				{missing.why}
			</p>
			{isAsking && <p>{t("askWithout")}</p>}
			<div class="ui-row">
				<Button size="small" data-leave-out onClick={() => model.leaveOut()}>
					{t("leaveOut")}
				</Button>
				{isAsking && (
					<Button
						size="small"
						data-send-without
						onClick={() => {
							const form = own.current?.closest("form");
							model.leaveOut();
							form?.requestSubmit();
						}}
					>
						{t("sendWithout")}
					</Button>
				)}
			</div>
		</div>
	);
}
