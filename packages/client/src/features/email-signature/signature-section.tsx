import { builtInSubstitutions } from "@inlay/contract/responses";
import { Button, TextArea } from "@inlay/ui";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { SignatureModel } from "./signature-model.ts";
import { t } from "./strings.ts";

const names = builtInSubstitutions.map((one) => `{{${one}}}`).join(", ");
/** As long as the server keeps one. */
const longest = 2000;

/** What stands under one's own emails. */
export function SignatureSection({ workspace }: { workspace: Workspace }) {
	const model = useModel(() => new SignatureModel(workspace));
	const text = model.text.value;
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	if (model.isFailed.value)
		return (
			<section class="settings-section ui-stack">
				<h2>{t("title")}</h2>
				<NotLoaded text={t("failed")} load={() => model.load()} />
			</section>
		);
	if (text === undefined) return null;
	return (
		<section class="settings-section ui-stack" data-email-signature>
			<h2>{t("title")}</h2>
			<form
				class="ui-stack"
				onSubmit={(event) => {
					event.preventDefault();
					void model.save();
				}}
			>
				<TextArea
					label={t("own")}
					name="own-signature"
					rows={4}
					hint={t("hint", { names })}
					value={text}
					onInput={(written) => {
						model.text.value = written.slice(0, longest);
					}}
				/>
				<Button
					type="submit"
					size="small"
					busy={workspace.busy.value.has("email-signature")}
					disabled={text === model.kept.value}
					data-save-signature
				>
					{t("save")}
				</Button>
			</form>
		</section>
	);
}
