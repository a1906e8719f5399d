import pytest

from notifications.channels.wire.masking import ending_of


@pytest.mark.parametrize(
    ("address", "ending"),
    [
        ("wecombot://693a91f6-7abc-4bc4-97a0-0ec2sifa5aaa", "5aaa"),
        ("twilio://AC1234:secret@15551230000/8613800001111", "1111"),
        ("folder://zhang-san", ""),
        ("folder://a-long-enough-name", "name"),
        ("mailto://user:password123@example.org", ""),
        ("mailtos://user:password123@mail.example.org", ".org"),
        ("mailto://mail.example.org?user=x&pass=password1234", ""),
        ("json://host/short-key", ""),
        ("dingtalk://secret123456@short", ""),
        ("log://", ""),
    ],
)
def test_of_an_address_no_more_is_shown_than_the_end_of_a_long_part(address: str, ending: str) -> None:
    assert ending_of(address) == ending
