// The typed data (EIP-712) of a receipt.
export const types = {
  WorkReceipt: [
    ["address", "device"], ["address", "requester"], ["bytes32", "jobId"], ["uint64", "seq"], ["bytes32", "sourceHash"], ["bytes32", "recipeHash"],
    ["bytes32", "outputsRoot"], ["uint64", "pixels"], ["uint64", "inputPixels"], ["uint64", "startedAt"], ["uint64", "finishedAt"], ["bytes32", "previous"],
  ].map(([type, name]) => ({ type, name })),
};
