import "./throw-away.css";
import { Button } from "@inlay/ui";
import { useState } from "preact/hooks";
import { t } from "./throw-away-strings.ts";

/** Nobody brings back what was written: asked before it goes. */
export function ThrowAway({ busy, onYes }: { busy: boolean; onYes: () => void }) {
	const [isAsking, ask] = useState(false);
	if (!isAsking) {
		return (
			<Button size="small" busy={busy} data-discard onClick={() => ask(true)}>
				{t("throwAway")}
			</Button>
		);
	}
	return (
		<fieldset class="throw-away ui-stack">
			<legend>{t("ask")}</legend>
			<div class="ui-row">
				<Button size="small" kind="bad" autofocus busy={busy} data-discard-now onClick={onYes}>
					{t("throwAway")}
				</Button>
				<Button size="small" data-keep onClick={() => ask(false)}>
					{t("keep")}
				</Button>
			</div>
		</fieldset>
	);
}
