package import Exchange
import Ledger
import Testing

/// What every store must do: run each check over a fresh, empty store.
///
/// ```swift
/// @Test(arguments: StoreConformance.allCases)
/// func `a store in memory conforms`(check: StoreConformance) async throws {
///   try await check.run(over: MemoryStore(fold: SampleFold.fold))
/// }
/// ```
package enum StoreConformance: String, CaseIterable, Sendable {
  case nodeRecord
  case nothingRemainsOfAFailedWork
  case readersCannotWrite
  case logAndGraphs
  case partsThatComeLater
  case disclosedParts
  case destroyedParts
  case partsOfBroken
  case lackingPartsInTurn
  case heldCopies
  case heldBytesFollowReplacementAndRelease
  case quarantine
  case outboxNumbers
  case urgentLines
  case outboxRestart
  case receiptTrail
  case cursorsAndAlarms
  case untakenNumbers
  case untakenParts
  case untakenBeyondTheLimit
  case settledNumbers
  case sharedItems
  case readableDossiers
  case pagesOfDossiers
  case projectionEqualsFold
  case forgottenChangeSets
  case exchangeWithAnotherStore
  case holesAreFilled
  case copiesLeftHeld
  case restoredNodes
  case restoredNodesThatLostNothing
  case heldOwnChangeSets
  case claimsWithoutProof
  case headsBeyondWhatWasTaken
  case replacedKeysProveNothing
  case heldCopiesForTheirAuthors
  case entriesThatPeersName
  case returnedByKey
  case pastsToldByBundle
  case heldOwnByBundle
  case shownOnTheWayBack
  case deletedOwnRows
  case lossesBesideHoles
  case listedDossiers
  case lostNodes
  case lostNodesWithAnotherKey
  case sealedPartsOfTheirAuthors
  case destroyedPartsStayAway
  case oneDossierAlone
  case rehearsedRepairs
  case plannedRepairs
  case attachments
  case audienceOfAttachments
  case audienceOfComparisons
  case audienceOfHoledLogs
  case holedDirectories
  case directoriesHoledBehindEntries
  case holesFilledByBundle
  case directoriesFilledByBundle

  /// Runs the check; the store holds nothing yet.
  package func run<S: Store>(over store: S) async throws {
    switch self {
    case .nodeRecord: try await checkNodeRecord(store)
    case .nothingRemainsOfAFailedWork: try await checkRollback(store)
    case .readersCannotWrite: try await checkReadOnly(store)
    case .logAndGraphs: try await checkLog(store)
    case .partsThatComeLater: try await checkLaterParts(store)
    case .disclosedParts: try await checkDisclosed(store)
    case .destroyedParts: try await checkDestroyed(store)
    case .partsOfBroken: try await checkPartsOfBroken(store)
    case .lackingPartsInTurn: try await checkLacking(store)
    case .heldCopies: try await checkHeld(store)
    case .heldBytesFollowReplacementAndRelease: try await checkHeldBytes(store)
    case .quarantine: try await checkQuarantine(store)
    case .outboxNumbers: try await checkOutbox(store)
    case .urgentLines: try await checkUrgent(store)
    case .outboxRestart: try await checkRestart(store)
    case .receiptTrail: try await checkReceipts(store)
    case .cursorsAndAlarms: try await checkCursors(store)
    case .untakenNumbers: try await checkUntaken(store)
    case .untakenParts: try await checkUntakenParts(store)
    case .untakenBeyondTheLimit: try await checkUntakenLimit(store)
    case .settledNumbers: try await checkSettled(store)
    case .sharedItems: try await checkItems(store)
    case .readableDossiers: try await checkReadable(store)
    case .pagesOfDossiers: try await checkPages(store)
    case .projectionEqualsFold: try await checkProjection(store)
    case .forgottenChangeSets: try await checkForgotten(store)
    case .exchangeWithAnotherStore: try await checkExchange(store)
    case .holesAreFilled: try await checkHoles(store)
    case .copiesLeftHeld: try await checkLeftHeld(store)
    case .restoredNodes: try await checkRestored(store)
    case .restoredNodesThatLostNothing: try await checkResumedByItself(store)
    case .heldOwnChangeSets: try await checkHeldOwn(store)
    case .claimsWithoutProof: try await checkClaims(store)
    case .headsBeyondWhatWasTaken: try await checkHeadBeyond(store)
    case .replacedKeysProveNothing: try await checkReplacedKey(store)
    case .heldCopiesForTheirAuthors: try await checkHeldAnswers(store)
    case .entriesThatPeersName: try await checkNamedEntries(store)
    case .returnedByKey: try await checkReturnedByKey(store)
    case .pastsToldByBundle: try await checkBundledPast(store)
    case .heldOwnByBundle: try await checkBundledHeldOwn(store)
    case .shownOnTheWayBack: try await checkShownLater(store)
    case .deletedOwnRows: try await checkDeletedOwnRows(store)
    case .lossesBesideHoles: try await checkLossBesideHole(store)
    case .listedDossiers: try await checkListing(store)
    case .lostNodes: try await checkLost(store)
    case .lostNodesWithAnotherKey: try await checkLostWithAnotherKey(store)
    case .sealedPartsOfTheirAuthors: try await checkReturnedParts(store)
    case .destroyedPartsStayAway: try await checkReturnedWithoutDestroyed(store)
    case .oneDossierAlone: try await checkOneDossier(store)
    case .rehearsedRepairs: try await checkRehearsal(store)
    case .plannedRepairs: try await checkPlan(store)
    case .attachments: try await checkAttachments(store)
    case .audienceOfAttachments: try await checkAttachmentAudience(store)
    case .audienceOfComparisons: try await checkComparisonAudience(store)
    case .audienceOfHoledLogs: try await checkHoledAudience(store)
    case .holedDirectories: try await checkHoledDirectory(store, isBehind: false)
    case .directoriesHoledBehindEntries: try await checkHoledDirectory(store, isBehind: true)
    case .holesFilledByBundle: try await checkHolesByBundle(store)
    case .directoriesFilledByBundle: try await checkDirectoryByBundle(store)
    }
  }
}
