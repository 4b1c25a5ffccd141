import { IconButton } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { useRights } from "../../shell/rights.tsx";
import { FileButton } from "./file-button.tsx";
import type { ResponseForm } from "./response-form.ts";
import type { ResponseModel } from "./response-model.ts";
import { t } from "./strings.ts";

/** Files that a response brings along: those that are there, or new ones. */
export function ResponseFiles({ model, form }: { model: ResponseModel; form: ResponseForm }) {
	const rights = useRights();
	const { bringing } = model;
	return (
		<Section title={t("files")} hint={t("filesHint")}>
			{form.files.length > 0 && (
				<ul class="rows" aria-label={t("files")}>
					{form.files.map(({ id, name }) => (
						<li key={id}>
							<bdi class="row-main">{name}</bdi>
							<IconButton icon="close" label={t("dropFile", { name })} onClick={() => model.drop(id)} />
						</li>
					))}
				</ul>
			)}
			{rights.may(needs.addAsset) && (
				<div>
					<FileButton label={t("addFile")} busy={bringing.busy.value} onChoose={(file) => void model.bring(file)} />
					<Failure error={bringing.error.value} />
				</div>
			)}
			{rights.may(needs.viewAssets) && (
				<Picker
					list={model.files}
					label={t("chooseFile")}
					searchLabel={t("searchFiles")}
					none={t("noFile")}
					chosen={undefined}
					textOf={(one) => one.name}
					onChoose={(one) => one && model.put({ id: one.id, name: one.name, size: one.contentLength })}
				/>
			)}
		</Section>
	);
}
