import { Button } from "@inlay/ui";
import { t } from "./strings.ts";

/** A customer who expects to be called back would not be: asked before it is so. */
export function AskToCancel({
	name,
	busy,
	onYes,
	onNo,
}: {
	name: string;
	busy?: boolean;
	onYes: () => void;
	onNo: () => void;
}) {
	return (
		<fieldset class="callback-asking">
			<legend class="ui-hidden">{t("cancelOf", { name })}</legend>
			<p>{t("cancelAsk")}</p>
			<div class="ui-row">
				<Button size="small" kind="bad" autofocus busy={busy ?? false} data-callback-cancel-now onClick={onYes}>
					{t("cancelYes")}
				</Button>
				<Button size="small" onClick={onNo}>
					{t("cancelNo")}
				</Button>
			</div>
		</fieldset>
	);
}
