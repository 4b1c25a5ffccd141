import { IconButton } from "@inlay/ui";
import type { BroughtFiles } from "./brought-files.ts";
import { t } from "./strings.ts";

/** What goes along with the text, and what cannot. */
export function BroughtView({ brought }: { brought: BroughtFiles }) {
	const { files, left, gone } = brought;
	return (
		<>
			{files.value.length > 0 && (
				<ul class="responses-files" aria-label={t("files")} data-brought>
					{files.value.map(({ id, name }) => (
						<li key={id} class="ui-row">
							<bdi class="ui-grow ui-clip">{name}</bdi>
							<IconButton icon="close" label={t("drop", { name })} onClick={() => brought.drop(id)} />
						</li>
					))}
				</ul>
			)}
			{gone.value.length > 0 && (
				<p class="ui-error" role="alert" data-gone>
					{t("gone", { names: gone.value.join(", ") })}
				</p>
			)}
			{left.value.length > 0 && (
				<p class="ui-hint" role="status" data-left>
					{t("left", { names: left.value.join(", ") })}
				</p>
			)}
		</>
	);
}
