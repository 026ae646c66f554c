// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @title Pays for metered work.
/// @notice Each epoch publishes the root of a tree of claims. A claim says what an account may have been paid in all, from the
/// beginning: paying it twice pays nothing more, and a missed epoch loses nothing. Beside the root stands the log that it was derived
/// from, so that anybody can derive it again.
/// @dev Whoever holds the owner's key can publish a root of his own making. What he can take with it is limited: in each epoch at most
/// `epochCap` leaves this contract, epochs are at least `epochSeconds` long, and neither can be changed.
contract WorkDistributor is Ownable2Step, Pausable {
    using SafeERC20 for IERC20;

    /// @notice What is paid with.
    IERC20 public immutable token;

    /// @notice The most that leaves this contract in an epoch, in the token's smallest unit.
    uint256 public immutable epochCap;

    /// @notice An epoch lasts at least this long.
    uint64 public immutable epochSeconds;

    /// @notice Number of the epoch whose root is current; 0 before the first.
    uint64 public epoch;

    /// @notice When it was published, in seconds since 1970.
    uint64 public publishedAt;

    /// @notice Entries of the log that the root was derived from.
    uint64 public logSize;

    /// @notice Root of the claims.
    bytes32 public root;

    /// @notice Root of the log at `logSize`.
    bytes32 public logRoot;

    /// @notice What has left this contract since the root was published.
    uint256 public paidInEpoch;

    /// @notice What each account has been paid in all.
    mapping(address account => uint256 amount) public paid;

    event EpochClosed(uint64 indexed epoch, bytes32 root, bytes32 logRoot, uint64 logSize);
    event Paid(address indexed account, uint256 amount, uint64 indexed epoch);

    /// @notice The epoch that would follow has another number.
    error WrongEpoch(uint64 expected);

    /// @notice The epoch may be closed only later.
    error EpochTooShort(uint256 until);

    /// @notice The log is append-only: it was larger before.
    error LogShrank(uint64 before);

    /// @notice A root of zero would be no root.
    error NoRoot();

    /// @notice The claim is for a root that is not current.
    error StaleRoot(bytes32 current);

    /// @notice The tree of the current root has no such claim.
    error WrongProof();

    /// @notice The account has been paid all of it.
    error NothingOwed();

    /// @notice In this epoch nothing more is paid; the claim holds in the next.
    error EpochCapReached();

    constructor(IERC20 token_, address owner_, uint256 epochCap_, uint64 epochSeconds_) Ownable(owner_) {
        token = token_;
        epochCap = epochCap_;
        epochSeconds = epochSeconds_;
    }

    /// @notice Publishes the claims up to a size of the log, in place of those before.
    function closeEpoch(uint64 epoch_, bytes32 root_, bytes32 logRoot_, uint64 logSize_) external onlyOwner {
        if (epoch_ != epoch + 1) revert WrongEpoch(epoch + 1);
        if (epoch != 0 && block.timestamp < uint256(publishedAt) + epochSeconds) revert EpochTooShort(uint256(publishedAt) + epochSeconds);
        if (logSize_ < logSize) revert LogShrank(logSize);
        if (root_ == bytes32(0)) revert NoRoot();
        epoch = epoch_;
        publishedAt = uint64(block.timestamp);
        logSize = logSize_;
        root = root_;
        logRoot = logRoot_;
        paidInEpoch = 0;
        emit EpochClosed(epoch_, root_, logRoot_, logSize_);
    }

    /// @notice Pays an account what it is owed, or as much of it as this epoch's cap leaves. Anybody may call it: it pays only the account.
    /// @param account Who is paid.
    /// @param cumulativeAmount What the account may have been paid in all.
    /// @param expectedRoot The root that the proof is for, so that a claim on its way while an epoch closes says so.
    /// @param proof From the leaf's sibling up.
    function claim(address account, uint256 cumulativeAmount, bytes32 expectedRoot, bytes32[] calldata proof) external whenNotPaused {
        if (expectedRoot != root || epoch == 0) revert StaleRoot(root);
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(account, cumulativeAmount))));
        if (!MerkleProof.verifyCalldata(proof, expectedRoot, leaf)) revert WrongProof();
        uint256 before = paid[account];
        if (cumulativeAmount <= before) revert NothingOwed();
        uint256 left = epochCap - paidInEpoch;
        if (left == 0) revert EpochCapReached();
        uint256 amount = cumulativeAmount - before;
        if (amount > left) amount = left;
        paid[account] = before + amount;
        paidInEpoch += amount;
        emit Paid(account, amount, epoch);
        token.safeTransfer(account, amount);
    }

    /// @notice Stops payments: where a root turns out to be wrong.
    function pause() external onlyOwner {
        _pause();
    }

    function unpause() external onlyOwner {
        _unpause();
    }
}
