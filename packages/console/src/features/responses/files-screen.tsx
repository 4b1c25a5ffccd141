import { locale } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Screen } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { SearchedRows } from "../../shell/searched-rows.tsx";
import { useAddress } from "../../shell/use-address.ts";
import { FileButton } from "./file-button.tsx";
import type { Asset, FilesModel } from "./files-model.ts";
import { f } from "./strings.ts";

/** All files that responses bring along, or could. */
export function FilesScreen({ model }: { model: FilesModel }) {
	useAddress(model.files);
	const rights = useRights();
	const bring = async (file: File) => {
		if (await model.bring(file)) tell(f("created", { name: file.name }));
	};
	return (
		<Screen title={f("title")} lead={f("lead")}>
			<div class="ui-stack">
				<p>
					<a href={hrefOf({ screen: "responses" })}>{f("toResponses")}</a>
				</p>
				{rights.may(needs.addAsset) && (
					<div>
						<FileButton label={f("add")} busy={model.bringing.busy.value} onChoose={(file) => void bring(file)} />
						<Failure error={model.bringing.error.value} />
					</div>
				)}
				<SearchedRows
					list={model.files}
					label={f("search")}
					none={f("none")}
					row={(asset) => <Row key={asset.id} asset={asset} model={model} mayRemove={rights.may(needs.deleteAsset)} />}
				/>
			</div>
		</Screen>
	);
}

function Row({ asset, model, mayRemove }: { asset: Asset; model: FilesModel; mayRemove: boolean }) {
	const { name, contentLength, responses } = asset;
	const remove = async () => {
		if (await model.remove(asset)) tell(f("removed", { name }));
	};
	return (
		<li>
			<div class="row-main">
				<bdi>{name}</bdi>
				<span class="ui-muted">
					{f("size", { kilobytes: Math.ceil(contentLength / 1024).toLocaleString(locale.value) })}
					{responses.length > 0 && (
						<>
							{", "}
							<bdi>{responses.map((one) => one.name).join(", ")}</bdi>
						</>
					)}
				</span>
			</div>
			{mayRemove && responses.length === 0 && (
				<RemoveButton
					label={f("remove")}
					title={f("removeTitle", { name })}
					text={f("removeText")}
					task={model.removing}
					onConfirm={() => void remove()}
				/>
			)}
		</li>
	);
}
