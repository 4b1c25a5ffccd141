import { Button } from "@inlay/ui";
import { useSignal } from "@preact/signals";
import { combinationOf, type ShortcutAction, shortcutActions } from "../../shell/shortcuts.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** The keys for what is done most, each changed by pressing others. */
export function ShortcutKeys({ workspace }: { workspace: Workspace }) {
	const { shortcuts } = workspace;
	const changing = useSignal<ShortcutAction | undefined>(undefined);
	const press = (event: KeyboardEvent, action: ShortcutAction) => {
		if (changing.value !== action || event.key === "Tab") return;
		event.preventDefault();
		event.stopPropagation();
		if (event.key === "Escape") changing.value = undefined;
		const combination = event.key === "Backspace" || event.key === "Delete" ? "" : combinationOf(event);
		if (combination === undefined) return;
		shortcuts.change(action, combination);
		changing.value = undefined;
	};
	return (
		<>
			<ul class="shortcut-keys">
				{shortcutActions.map((action) => {
					const keys = shortcuts.map.value[action];
					const isChanging = changing.value === action;
					return (
						<li key={action} class="ui-row">
							<span class="ui-grow">{t(`key_${action}`)}</span>
							<Button
								size="small"
								data-shortcut={action}
								aria-label={`${t(`key_${action}`)}: ${isChanging ? t("pressKeys") : keys || t("noKeys")}`}
								aria-pressed={isChanging}
								onClick={() => {
									changing.value = isChanging ? undefined : action;
								}}
								onKeyDown={(event) => press(event, action)}
								onBlur={() => {
									if (changing.peek() === action) changing.value = undefined;
								}}
							>
								{isChanging ? t("pressKeys") : keys || t("noKeys")}
							</Button>
						</li>
					);
				})}
			</ul>
			<p class="ui-hint">{t("keysHint")}</p>
			<Button size="small" onClick={() => shortcuts.reset()}>
				{t("keysReset")}
			</Button>
		</>
	);
}
