/*
 * selftest_data.c - written by scripts/make-selftest; the private key was
 * never kept. Do not edit.
 */
#include "verify/selftest_data.h"

const char selftest_letter[] =
    "<ReferralLetter xmlns=\"urn:sello:letter:1\"><LetterNumber>GTG"
    "UA99-2026-000001-K</LetterNumber><Program>SELFTEST</Program>"
    "<Language>es</Language><IssuedAt>2026-11-23T12:00:00Z</Issue"
    "dAt><ValidFrom>2026-11-24</ValidFrom><ValidUntil>2027-05-24<"
    "/ValidUntil><Officer>TEST01</Officer><Approver>TEST02</Appro"
    "ver><Consulate>ES-GTGUA</Consulate><Destination>ESP</Destina"
    "tion><Holder><Surnames>Prueba N\303\272\303\261ez</Surnames><GivenNames>"
    "Muestra</GivenNames><BirthDate>1990</BirthDate><Nationality>"
    "GTM</Nationality><IdentityBasis>DECLARED</IdentityBasis></Ho"
    "lder><Pathway>OTH</Pathway><RequestedAction>INFORMATION</Req"
    "uestedAction><CaseReference>AAAAAAAAAA</CaseReference><Salt>"
    "AAECAwQFBgcICQoL</Salt><ds:Signature xmlns:ds=\"http://www.w3"
    ".org/2000/09/xmldsig#\"><ds:SignedInfo><ds:CanonicalizationMe"
    "thod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></d"
    "s:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"http"
    "://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\"></ds:Signat"
    "ureMethod><ds:Reference Id=\"GTGUA99-2026-000001-K\" URI=\"\"><d"
    "s:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000"
    "/09/xmldsig#enveloped-signature\"></ds:Transform><ds:Transfor"
    "m Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:T"
    "ransform></ds:Transforms><ds:DigestMethod Algorithm=\"http://"
    "www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod><ds:Dige"
    "stValue>I8A9AuEPfPh2yTb74yhPIhjauKFLgU1yGi7HWVUaFTg=</ds:Dig"
    "estValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>U"
    "6oGv0oSgugOcd0YuaSqC3rBYzfM1Ox9jLdDEV/hAb0UWowmtWB7/B463Fpdo"
    "u+xFLz0DtUea+ZyODKNjDbTPw==</ds:SignatureValue><ds:KeyInfo><"
    "ds:KeyName>e82a2cdc</ds:KeyName></ds:KeyInfo></ds:Signature>"
    "</ReferralLetter>";

const char selftest_packed[] =
    "SELLOAEUQV3CDAAZSBWKOOLCAGPQSOAICWUJCO3ZDTCITW6I5APLPMN6J2Q6"
    "P26TSEGDK62BEQFSASYAAAAAAAAAAAABAIBQIBIGA4EASCQLA5AVCZXCTVID"
    "L6SQSQLUA44O5DC42JKQLPLAWGN6M2TWH3DFXIMIV7YIBXUKFVDBGWVQHX7A"
    "6HLOFUXNC56YRJPHUB3KR427GOI4DFDMMG3JT755PSXOA";

const char selftest_certificate[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBtDCCAVqgAwIBAgIQZlHP81nC2gZz"
    "3QXDtSHDsDAKBggqhkjOPQQDAjA6MRIw\n"
    "EAYDVQQKDAlTZWxmLXRlc3QxETA"
    "PBgNVBAsMCFRSQUlOSU5HMREwDwYDVQQDDAhT\n"
    "RUxGVEVTVDAeFw0yNjExMj"
    "IxODM5MDNaFw00NjExMjIxODM5MDNaMDoxEjAQBgNV\n"
    "BAoMCVNlbGYtdGVzd"
    "DERMA8GA1UECwwIVFJBSU5JTkcxETAPBgNVBAMMCFNFTEZU\n"
    "RVNUMFkwEwYH"
    "KoZIzj0CAQYIKoZIzj0DAQcDQgAEvIOWgQeBn5nWLW7jNo0tuKr/\n"
    "thKY/dh"
    "Q54xhWQhEW4XA/Eqwr2gKv4BIuiNGWSmfuC2q9IqIxoboqg9yUrrvSqNC\n"
    "ME"
    "AwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAoQwHQYDVR0OBBYEFD"
    "2G\n"
    "1Oji4NxbjQAjrd6ie0lJISc4MAoGCCqGSM49BAMCA0gAMEUCIFGTYzSe0"
    "NKd4pyQ\n"
    "DhkpeBL+1vqfjwjWZFszNnsve18NAiEAlJy1aF1N4HPJRCTmkAua"
    "ZGWmvUQuoXds\n"
    "hK8WPBBWcI4=\n"
    "-----END CERTIFICATE-----\n"
    "";
